//! Makes characters visible that would otherwise act: on a terminal, in the order of text, or by not being seen.
//!
//! Host names, banners, certificate subjects and rule texts are written by others. An ANSI escape in them would draw on the
//! terminal (ECMA-48), a bidirectional override would turn text around (UAX #9, "Trojan Source", CVE-2021-42574).

use std::borrow::Cow;
use std::fmt::Write;

/// One line of text in which every acting character is written out: `\x1b`, `\n`, `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if acts(character) => escape(character, &mut out),
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

fn escape(character: char, out: &mut String) {
    let code = u32::from(character);
    // Writing to a string cannot fail.
    let _ = if code < 0x100 { write!(out, "\\x{code:02x}") } else { write!(out, "\\u{{{code:x}}}") };
}

/// Whether a character does something else than being seen.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(u32::from(character),
            // Soft hyphen, Arabic letter mark, Mongolian vowel separator: not seen.
            0xAD | 0x61C | 0x180E
            // Zero-width characters and directional marks, line and paragraph separators, embeddings and overrides.
            | 0x200B..=0x200F | 0x2028..=0x202E
            // Word joiner, invisible operators, isolates, deprecated format characters.
            | 0x2060..=0x206F
            // Byte order mark, interlinear annotation, tags.
            | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "example.test", "Zürich 東京 عربى", "a\u{301}"] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn acting_characters_are_written_out() {
        assert_eq!(visible("a\x1b[31mb\u{9b}c"), "a\\x1b[31mb\\x9bc");
        assert_eq!(visible("one\r\ntwo\t"), "one\\r\\ntwo\\t");
        assert_eq!(visible("gpj\u{202e}exe"), "gpj\\u{202e}exe");
        assert_eq!(visible("pay\u{200b}pal\u{e0041}"), "pay\\u{200b}pal\\u{e0041}");
    }
}
