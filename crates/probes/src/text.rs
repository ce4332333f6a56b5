//! Bytes of a peer as text that can be shown: nothing in them may steer a terminal, a page or a reader's eye.

/// At most `most` bytes, printable ASCII kept, the rest as `\xNN`.
pub(crate) fn escaped(bytes: &[u8], most: usize) -> String {
    let mut shown = String::new();
    for &byte in bytes.iter().take(most) {
        match byte {
            b'\\' => shown.push_str("\\\\"),
            b' '..=b'~' => shown.push(char::from(byte)),
            _ => shown.extend(["\\x", &hexadecimal(&[byte])]),
        }
    }
    shown
}

/// At most `most` bytes as UTF-8, with U+FFFD for what is not, and for control and text-direction characters other than
/// line breaks and tabs.
pub(crate) fn plain(bytes: &[u8], most: usize) -> String {
    let cut = &bytes[..bytes.len().min(most)];
    let harmless = |c: char| if is_steering(c) { char::REPLACEMENT_CHARACTER } else { c };
    let mut shown: String = String::from_utf8_lossy(cut).chars().map(harmless).collect();
    // U+FFFD is longer than what it stands for.
    shown.truncate(shown.floor_char_boundary(most));
    shown
}

/// Like [`plain`], on one line.
pub(crate) fn line(bytes: &[u8], most: usize) -> String {
    plain(bytes, most).replace(['\n', '\r', '\t'], " ")
}

/// Two digits for each byte.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Control characters, and the invisible ones that turn the direction of text (Unicode UAX #9).
fn is_steering(c: char) -> bool {
    let direction =
        matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    direction || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_escaped_and_cut() {
        assert_eq!(escaped(b"SSH\\2\r\n\xff", 64), "SSH\\\\2\\x0d\\x0a\\xff");
        assert_eq!(escaped(b"abcdef", 3), "abc");
    }

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(plain("a\u{1b}[31m\u{202e}b\n".as_bytes(), 64), "a\u{fffd}[31m\u{fffd}b\n");
        assert_eq!(line(b"a\r\nb", 64), "a  b");
    }

    #[test]
    fn a_cut_character_is_marked_where_there_is_room() {
        assert_eq!(plain("aéb".as_bytes(), 2), "a");
        assert_eq!(plain(b"a\xffb", 8), "a\u{fffd}b");
        assert_eq!(plain(&[0xff; 100], 100).len(), 99);
    }
}
