//! Makes one plain line of text out of whatever was pasted: terminal colours, JSON and HTML escapes, quote marks of
//! Markdown and line breaks go, so that a message is found however it was wrapped.

use std::borrow::Cow;

/// Text with every run of white space made one blank, and the places where its lines began.
pub(super) struct Flat {
    /// The text; letters keep their case.
    pub(super) text: String,
    /// Byte offsets in `text` at which lines begin, ascending, the first is 0.
    lines: Vec<usize>,
}

impl Flat {
    /// Number of the line that holds this byte, from 0.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Where the line that holds this byte begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.lines.get(self.line_of(at)).copied().unwrap_or_default()
    }

    /// Where the line that holds this byte ends.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.lines.get(self.line_of(at) + 1).copied().unwrap_or(self.text.len())
    }

    /// How many lines there are.
    pub(super) fn line_count(&self) -> usize {
        self.lines.len()
    }
}

/// Flattens a text in linear time.
pub(super) fn flatten(text: &str) -> Flat {
    let unescaped = unescape(text);
    let mut out = Builder { text: String::with_capacity(unescaped.len()), lines: vec![0], blank: true, broke: true };
    let mut rest = unescaped.as_ref();
    while let Some(first) = rest.chars().next() {
        if let Some(length) = colour_length(rest) {
            rest = &rest[length..];
            continue;
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    Flat { text: out.text, lines: out.lines }
}

struct Builder {
    text: String,
    lines: Vec<usize>,
    /// The text ends with a blank (or is empty), so that no further one is needed.
    blank: bool,
    /// Nothing of the present line has been written yet.
    broke: bool,
}

impl Builder {
    fn push(&mut self, character: char) {
        match character {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => self.line_break(),
            // A quoted mail or Markdown block.
            '>' if self.broke => {}
            // Zero-width characters and the byte order mark.
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            _ if character.is_whitespace() || character.is_control() => self.space(),
            '\u{2192}' => self.plain("->"),
            _ => self.plain(plain_form(character).encode_utf8(&mut [0; 4])),
        }
    }

    fn plain(&mut self, text: &str) {
        self.text.push_str(text);
        self.blank = false;
        self.broke = false;
    }

    fn space(&mut self) {
        if !self.blank {
            self.text.push(' ');
            self.blank = true;
        }
    }

    fn line_break(&mut self) {
        self.space();
        self.broke = true;
        if self.lines.last() != Some(&self.text.len()) {
            self.lines.push(self.text.len());
        }
    }
}

/// The ASCII sign that a typographic or full-width one stands for.
fn plain_form(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' | '\u{300c}' | '\u{300d}' => '"',
        '\u{ff1a}' => ':',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        '\u{ff0c}' => ',',
        '\u{2010}'..='\u{2013}' => '-',
        other => other,
    }
}

/// Length of a terminal control sequence at the start: `ESC [ … letter`, `ESC ] … BEL`, and the same as it is left
/// when the escape character was lost (`[31m`) or written out (`^[[31m`).
fn colour_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let opened = match bytes {
        [0x1b, b'[', ..] => 2,
        [b'^', b'[', b'[', ..] => 3,
        [0x1b, b']', ..] => return Some(operating_system_command(bytes)),
        [0x1b, ..] => return Some(1),
        [b'[', b'0'..=b'9', ..] => 1,
        _ => return None,
    };
    let parameters = bytes.iter().skip(opened).take(24).take_while(|byte| matches!(byte, b'0'..=b'9' | b';' | b'?'));
    let end = opened + parameters.count();
    match bytes.get(end) {
        Some(b'm') => Some(end + 1),
        Some(byte) if opened > 1 && byte.is_ascii_alphabetic() => Some(end + 1),
        _ => (opened > 1).then_some(opened),
    }
}

fn operating_system_command(bytes: &[u8]) -> usize {
    let end = bytes.iter().take(256).position(|byte| matches!(byte, 0x07 | b'\\' | b'\n'));
    end.map_or(2, |end| if bytes[end] == b'\n' { 2 } else { end + 1 })
}

/// Undoes the escapes of JSON strings, however often they were applied, and those of HTML.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '&']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (length, character) = escape(rest);
        match character {
            Some(character) => out.push(character),
            None => out.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Length of what stands at the start, and the character it means; `None` where it means itself.
fn escape(text: &str) -> (usize, Option<char>) {
    if text.starts_with('&') {
        return entity(text).map_or((1, None), |(length, character)| (length, Some(character)));
    }
    let slashes = text.bytes().take_while(|byte| *byte == b'\\').count();
    let after = &text[slashes..];
    let simple = match after.as_bytes().first() {
        Some(b'n' | b'r') => Some('\n'),
        Some(b't') => Some(' '),
        Some(quote @ (b'"' | b'\'' | b'/' | b'<' | b'>')) => Some(char::from(*quote)),
        _ => None,
    };
    if simple.is_some() {
        return (slashes + 1, simple);
    }
    for (prefix, digits) in [("u", 4), ("x", 2)] {
        let hex = after.strip_prefix(prefix).and_then(|hex| hex.get(..digits));
        if let Some(character) = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            return (slashes + 1 + digits, Some(character));
        }
    }
    for escape in ["033[", "e["] {
        if after.starts_with(escape) {
            return (slashes + escape.len() - 1, Some('\u{1b}'));
        }
    }
    (slashes, None)
}

fn entity(text: &str) -> Option<(usize, char)> {
    const ENTITIES: &[(&str, char)] = &[
        ("&quot;", '"'),
        ("&#34;", '"'),
        ("&#39;", '\''),
        ("&#039;", '\''),
        ("&#x27;", '\''),
        ("&apos;", '\''),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&nbsp;", ' '),
        ("&#x2F;", '/'),
        ("&rsquo;", '\''),
    ];
    ENTITIES.iter().find(|(name, _)| text.starts_with(name)).map(|(name, character)| (name.len(), *character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_in_every_spelling() {
        for text in [
            "\u{1b}[31mError\u{1b}[0m: x",
            "^[[31mError^[[0m: x",
            "[31mError[0m: x",
            "\\u001b[31mError\\u001b[0m: x",
            "\\x1b[1;31mError\\033[0m: x",
        ] {
            assert_eq!(flatten(text).text, "Error: x", "{text:?}");
        }
        assert_eq!(flatten("\u{1b}]0;title\u{7}done").text, "done");
        assert_eq!(flatten("[::1]:80 [12]").text, "[::1]:80 [12]");
    }

    #[test]
    fn escapes_of_json_and_html_are_undone() {
        assert_eq!(flatten(r#"{\"a\":\"b\nc\"}"#).text, "{\"a\":\"b c\"}");
        assert_eq!(flatten(r#"a-\u003eb \\\"q\\\""#).text, "a->b \"q\"");
        assert_eq!(flatten("a -&gt; &quot;b&quot; & c").text, "a -> \"b\" & c");
        assert_eq!(flatten(r"openssl\ssl\s3_pkt.c").text, r"openssl\ssl\s3_pkt.c");
    }

    #[test]
    fn lines_are_remembered_and_quote_marks_dropped() {
        let flat = flatten("> one\r\n>\n>  two\n\n three");
        assert_eq!(flat.text, "one two three");
        assert_eq!([flat.line_of(0), flat.line_of(4), flat.line_of(9)], [0, 1, 2]);
        assert_eq!(&flat.text[flat.line_start(5)..flat.line_end(5)], "two ");
    }

    #[test]
    fn typographic_signs_become_plain() {
        assert_eq!(flatten("can\u{2019}t \u{201c}x\u{201d}\u{a0}y\u{200b}z\u{ff1a}1").text, "can't \"x\" yz:1");
    }
}
