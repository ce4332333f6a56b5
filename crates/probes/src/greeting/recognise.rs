//! Which protocol first bytes belong to.

use super::opening::{AMQP, LDAP, MONGODB, Opening, POSTGRES, REDIS};

/// The name of the protocol that `bytes` look like, given what was said before.
pub(super) fn protocol(bytes: &[u8], after: &Opening) -> Option<&'static str> {
    answer_to(bytes, after).or_else(|| by_first_bytes(bytes)).or_else(|| by_first_line(bytes))
}

/// Answers that mean something only after their question.
fn answer_to(bytes: &[u8], opening: &Opening) -> Option<&'static str> {
    match *opening {
        // An old server answers with an error message: `E`, then a length or a text.
        POSTGRES if matches!(bytes, b"S" | b"N" | [b'E', ..]) => Some("postgres"),
        REDIS if starts_with_any(bytes, &[b"+PONG", b"-NOAUTH", b"-ERR", b"-DENIED", b"-LOADING"]) => Some("redis"),
        AMQP if bytes.starts_with(&[1, 0, 0]) => Some("amqp"),
        LDAP if bytes.first() == Some(&0x30) => Some("ldap"),
        // The reply names our request id in responseTo, bytes 8 to 11.
        MONGODB if bytes.get(8..12) == Some(&[1, 0, 0, 0]) => Some("mongodb"),
        _ => None,
    }
}

fn by_first_bytes(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [20..=24, 3, 0..=4, ..] => Some("tls"),
        // Sequence number 0, then protocol version 10 or an error packet (MySQL, Connection Phase).
        [_, _, 0, 0, 10 | 255, ..] => Some("mysql"),
        _ if bytes.starts_with(b"AMQP") => Some("amqp"),
        _ => None,
    }
}

fn by_first_line(bytes: &[u8]) -> Option<&'static str> {
    let prefixes: [(&[u8], &str); 11] = [
        (b"SSH-", "ssh"),
        (b"HTTP/", "http"),
        (b"<!DOCTYPE", "http"),
        (b"<html", "http"),
        (b"* OK", "imap"),
        (b"* PREAUTH", "imap"),
        (b"* BYE", "imap"),
        (b"+OK", "pop3"),
        (b"-ERR", "pop3"),
        (b"RFB 0", "vnc"),
        (b"@RSYNCD:", "rsync"),
    ];
    let found = prefixes.iter().find(|(prefix, _)| bytes.starts_with(prefix)).map(|(_, name)| *name);
    found.or_else(|| with_reply_code(bytes))
}

/// SMTP and FTP share the form of their replies (RFC 5321, 4.2; RFC 959, 4.2); FTP servers say that they are one.
fn with_reply_code(bytes: &[u8]) -> Option<&'static str> {
    let greeting =
        matches!(bytes, [b'2', b'2', b'0', b' ' | b'-', ..] | [b'4' | b'5', b'2' | b'5', _, b' ' | b'-', ..]);
    let line = bytes.split(|byte| *byte == b'\n').next().filter(|_| greeting && bytes.contains(&b'\n'))?;
    let upper = line.to_ascii_uppercase();
    let says = |word: &[u8]| upper.windows(word.len()).any(|window| window == word);
    Some(if says(b"FTP") && !says(b"SMTP") { "ftp" } else { "smtp" })
}

fn starts_with_any(bytes: &[u8], prefixes: &[&[u8]]) -> bool {
    prefixes.iter().any(|prefix| bytes.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use netmend_model::Protocol;
    use proptest::prelude::*;

    use super::*;

    fn after(protocol: Protocol, bytes: &[u8]) -> Option<&'static str> {
        super::protocol(bytes, &Opening::of(protocol))
    }

    #[test]
    fn servers_that_speak_first_are_recognised() {
        let known: [(&[u8], &str); 10] = [
            (b"SSH-2.0-OpenSSH_9.9\r\n", "ssh"),
            (b"220 mail.example.test ESMTP Postfix\r\n", "smtp"),
            (b"554 no service here\r\n", "smtp"),
            (b"220-Welcome to ProFTPD\r\n", "ftp"),
            (b"* OK IMAP4rev1 ready\r\n", "imap"),
            (b"+OK POP3 ready\r\n", "pop3"),
            (b"\x4a\x00\x00\x00\x0a8.4.0\x00", "mysql"),
            (b"\x45\x00\x00\x00\xff\x69\x04Host is blocked", "mysql"),
            (b"HTTP/1.1 400 Bad Request\r\n", "http"),
            (b"\x15\x03\x01\x00\x02\x02\x46", "tls"),
        ];
        for (bytes, name) in known {
            assert_eq!(after(Protocol::Ssh, bytes), Some(name), "{bytes:?}");
        }
    }

    #[test]
    fn answers_are_recognised_after_their_question_alone() {
        assert_eq!(after(Protocol::Postgres, b"N"), Some("postgres"));
        assert_eq!(after(Protocol::Ssh, b"N"), None);
        assert_eq!(after(Protocol::Redis, b"-NOAUTH Authentication required.\r\n"), Some("redis"));
        assert_eq!(after(Protocol::Pop3, b"-ERR busy\r\n"), Some("pop3"));
        assert_eq!(after(Protocol::Redis, b"-ERR unknown\r\n"), Some("redis"));
        assert_eq!(after(Protocol::Amqp, b"\x01\x00\x00\x00\x00\x02\x00"), Some("amqp"));
        assert_eq!(after(Protocol::Ldap, b"\x30\x0c\x02\x01\x01\x65\x07"), Some("ldap"));
        assert_eq!(after(Protocol::Mongodb, &[9, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0xdd, 7]), Some("mongodb"));
    }

    #[test]
    fn half_a_line_is_not_judged() {
        assert_eq!(after(Protocol::Ftp, b"220 Pro"), None);
        assert_eq!(after(Protocol::Tcp, b""), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            for protocol in [Protocol::Tcp, Protocol::Postgres, Protocol::Mongodb, Protocol::Ldap] {
                let _ = after(protocol, &bytes);
            }
        }
    }
}
