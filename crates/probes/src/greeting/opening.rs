//! What a client says first: the smallest message of each protocol that a server answers without credentials.

use netmend_model::Protocol;

/// What is sent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opening {
    /// Its name in reports.
    pub(crate) name: &'static str,
    /// Its bytes.
    pub(crate) bytes: &'static [u8],
}

/// For servers that speak first, and for those of which nothing is known.
const NOTHING: Opening = Opening { name: "nothing", bytes: b"" };

/// SSLRequest: its length and the code 80877103 (PostgreSQL, Message Formats). Answered with one byte, `S` or `N`.
pub(crate) const POSTGRES: Opening = Opening { name: "postgres_ssl_request", bytes: &[0, 0, 0, 8, 4, 210, 22, 47] };

/// An inline command (Redis serialization protocol). Answered with `+PONG`, or with an error that asks to sign in.
pub(crate) const REDIS: Opening = Opening { name: "redis_ping", bytes: b"PING\r\n" };

/// The header of protocol 0-9-1. Answered with Connection.Start, or with the header of a version that the server knows.
pub(crate) const AMQP: Opening = Opening { name: "amqp_header", bytes: b"AMQP\x00\x00\x09\x01" };

/// A search for the root DSE without attributes (RFC 4511, 4.5; RFC 4512, 5.1), which needs no bind.
pub(crate) const LDAP: Opening = Opening {
    name: "ldap_root_dse",
    bytes: b"\x30\x25\x02\x01\x01\x63\x20\x04\x00\x0a\x01\x00\x0a\x01\x00\x02\x01\x00\x02\x01\x00\x01\x01\x00\x87\x0bobjectClass\x30\x00",
};

/// `{hello: 1, $db: "admin"}` as OP_MSG (MongoDB wire protocol) with the request id 1.
pub(crate) const MONGODB: Opening = Opening {
    name: "mongodb_hello",
    bytes: b"\x34\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\xdd\x07\x00\x00\x00\x00\x00\x00\x00\
        \x1f\x00\x00\x00\x10hello\x00\x01\x00\x00\x00\x02$db\x00\x06\x00\x00\x00admin\x00\x00",
};

impl Opening {
    /// What a client of this protocol says first.
    pub(crate) fn of(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Postgres => POSTGRES,
            Protocol::Redis => REDIS,
            Protocol::Amqp => AMQP,
            Protocol::Ldap => LDAP,
            Protocol::Mongodb => MONGODB,
            _ => NOTHING,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_right() {
        assert_eq!(LDAP.bytes.len(), 2 + 0x25);
        assert_eq!(MONGODB.bytes.len(), usize::from(MONGODB.bytes[0]));
        let document = &MONGODB.bytes[21..];
        assert_eq!(document.len(), usize::from(document[0]));
        assert_eq!(u32::from_be_bytes(POSTGRES.bytes[4..].try_into().unwrap()), 80_877_103);
    }
}
