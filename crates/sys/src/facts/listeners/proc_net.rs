//! `/proc/net/{tcp,udp}{,6}` (proc_pid_net(5)), for kernels and sandboxes without sock_diag.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use netmend_model::facts::Listener;

use super::linux::Socket;
use crate::facts::reading;

/// TCP_LISTEN and TCP_CLOSE of include/net/tcp_states.h, as the files write them.
const LISTEN: &str = "0A";
const CLOSE: &str = "07";

/// Reads the file of one protocol (`tcp`, `udp`) and family.
///
/// # Errors
/// `NotFound` for IPv6 on a kernel without it.
pub(super) fn read(protocol: &str, six: bool) -> io::Result<Vec<Socket>> {
    let text = reading::text(format!("/proc/thread-self/net/{protocol}{}", if six { "6" } else { "" }))?;
    Ok(parse(&text, protocol))
}

fn parse(text: &str, protocol: &str) -> Vec<Socket> {
    text.lines().skip(1).filter_map(|line| socket(line, protocol)).collect()
}

/// Fields: `sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode …`.
fn socket(line: &str, protocol: &str) -> Option<Socket> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let field = |n: usize| fields.get(n).copied();
    let wanted = if protocol == "tcp" { LISTEN } else { CLOSE };
    let address = address(field(1)?)?;
    if field(3)? != wanted || address.port() == 0 {
        return None;
    }
    let (_, waiting) = field(4)?.split_once(':')?;
    Some(Socket {
        listener: Listener {
            address,
            protocol: protocol.to_owned(),
            v6_only: None,
            queue: (protocol == "tcp").then(|| u32::from_str_radix(waiting, 16).ok()).flatten(),
            // The files do not have it.
            backlog: None,
            user_id: field(7)?.parse().ok(),
            process: None,
        },
        inode: field(9)?.parse().ok()?,
    })
}

/// `0100007F:1F90`: each word of four bytes in the processor's own order, the port as a number.
fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let words: Option<Vec<[u8; 4]>> = (0..ip.len() / 8)
        .map(|n| Some(u32::from_str_radix(ip.get(n * 8..n * 8 + 8)?, 16).ok()?.to_ne_bytes()))
        .collect();
    let ip = match words?.as_slice() {
        [four] => IpAddr::V4(Ipv4Addr::from(*four)),
        six @ [_, _, _, _] => IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(six.concat()).ok()?)),
        _ => return None,
    };
    Some(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?))
}

#[cfg(test)]
#[cfg(target_endian = "little")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TCP: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0 41234 1 0000000000000000 100 0 0 10 0\n\
   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 41235 1 0000000000000000 20 4 30 10 -1\n";

    #[test]
    fn listeners_alone_are_taken() {
        let sockets = parse(TCP, "tcp");
        assert_eq!(sockets.len(), 1);
        let listener = &sockets[0].listener;
        assert_eq!(listener.address, "127.0.0.1:8080".parse().unwrap());
        assert_eq!((listener.queue, listener.user_id, sockets[0].inode), (Some(3), Some(1000), 41234));
    }

    #[test]
    fn ipv6_addresses() {
        assert_eq!(address("B80D0120000000000000000053000000:0035"), "[2001:db8::53]:53".parse().ok());
        assert_eq!(address("00000000000000000000000001000000:0016"), "[::1]:22".parse().ok());
        assert_eq!(address("00000000:0016"), "0.0.0.0:22".parse().ok());
        assert_eq!(address("0000:0016"), None);
    }

    proptest! {
        #[test]
        fn any_text_parses(text in "(?s).{0,200}") {
            parse(&text, "tcp");
            address(&text);
        }
    }
}
