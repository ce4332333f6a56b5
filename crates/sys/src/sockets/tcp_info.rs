//! TCP_INFO: reading it from a socket, and decoding what Linux returns.

use netmend_model::net::TcpInfo;
use tokio::net::TcpStream;

/// What the kernel knows of a connection; `None` where this system does not tell.
///
/// `rtt_us` is inflated after a retransmitted SYN.
pub fn tcp_info(stream: &TcpStream) -> Option<TcpInfo> {
    super::system::tcp_info(stream)
}

/// Names of tcpi_state (include/net/tcp_states.h), from 1.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
const STATES: [&str; 12] = [
    "ESTABLISHED",
    "SYN_SENT",
    "SYN_RECV",
    "FIN_WAIT1",
    "FIN_WAIT2",
    "TIME_WAIT",
    "CLOSE",
    "CLOSE_WAIT",
    "LAST_ACK",
    "LISTEN",
    "CLOSING",
    "NEW_SYN_RECV",
];

/// Names of the bits of tcpi_options (TCPI_OPT_*, include/uapi/linux/tcp.h), from bit 0.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
const OPTIONS: [&str; 6] = ["timestamps", "sack", "wscale", "ecn", "ecn_seen", "syn_data"];

/// Decodes struct tcp_info (include/uapi/linux/tcp.h) in this machine's byte order.
///
/// The structure only ever grows: fields behind the returned length become `None`. `None` altogether when even the fields of
/// the first version (104 bytes, up to tcpi_total_retrans) are not there.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
pub fn parse_linux(bytes: &[u8]) -> Option<TcpInfo> {
    Some(TcpInfo {
        state: state(*bytes.first()?),
        retransmits: u32::from(*bytes.get(2)?),
        options: options(*bytes.get(5)?),
        rto_us: u32_at(bytes, 8)?,
        snd_mss: u32_at(bytes, 16)?,
        rcv_mss: u32_at(bytes, 20)?,
        unacked: u32_at(bytes, 24)?,
        lost: u32_at(bytes, 32)?,
        pmtu: u32_at(bytes, 60)?,
        rtt_us: u32_at(bytes, 68)?,
        rtt_var_us: u32_at(bytes, 72)?,
        snd_cwnd: u32_at(bytes, 80)?,
        total_retrans: u32_at(bytes, 100)?,
        bytes_acked: u64_at(bytes, 120),
        bytes_received: u64_at(bytes, 128),
        // The kernel says "not measured yet" with all bits set.
        min_rtt_us: u32_at(bytes, 148).filter(|us| *us != u32::MAX),
    })
}

fn state(number: u8) -> String {
    let index = usize::from(number).wrapping_sub(1);
    STATES.get(index).map_or_else(|| format!("state {number}"), ToString::to_string)
}

fn options(bits: u8) -> Vec<String> {
    OPTIONS.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| (*name).to_owned()).collect()
}

fn u32_at(bytes: &[u8], offset: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(bytes.get(offset..offset + 4)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], offset: usize) -> Option<u64> {
    Some(u64::from_ne_bytes(bytes.get(offset..offset + 8)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A structure as long as `length` whose 32-bit words hold their own offset, behind a plausible head.
    fn structure(length: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..64_u32).flat_map(|word| (word * 4).to_ne_bytes()).collect();
        bytes[..8].copy_from_slice(&[2, 1, 3, 0, 0, 0b0000_0111, 0, 0]);
        bytes.truncate(length);
        bytes
    }

    #[test]
    fn reads_every_field_from_its_place() {
        let info = parse_linux(&structure(256)).unwrap();
        assert_eq!(info.state, "SYN_SENT");
        assert_eq!((info.retransmits, info.total_retrans), (3, 100));
        assert_eq!((info.rto_us, info.rtt_us, info.rtt_var_us), (8, 68, 72));
        assert_eq!((info.unacked, info.lost, info.pmtu, info.snd_cwnd), (24, 32, 60, 80));
        assert_eq!((info.snd_mss, info.rcv_mss, info.min_rtt_us), (16, 20, Some(148)));
        assert_eq!(info.options, ["timestamps", "sack", "wscale"]);
    }

    #[test]
    fn an_older_kernel_leaves_the_later_fields_unknown() {
        let info = parse_linux(&structure(104)).unwrap();
        assert_eq!((info.bytes_acked, info.bytes_received, info.min_rtt_us), (None, None, None));
        assert_eq!(parse_linux(&structure(103)), None);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_kernel_agrees_with_the_layout() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut server, _) = listener.accept().await.unwrap();
        server.write_all(&[7; 1234]).await.unwrap();
        client.read_exact(&mut [0; 1234]).await.unwrap();
        client.write_all(&[7; 55]).await.unwrap();
        server.read_exact(&mut [0; 55]).await.unwrap();
        let info = tcp_info(&client).unwrap();
        assert_eq!(info.state, "ESTABLISHED");
        assert_eq!(info.bytes_received, Some(1234));
        // The SYN counts as one byte.
        assert_eq!(info.bytes_acked, Some(56));
        assert_eq!(info.pmtu, 65_536.min(info.pmtu), "{info:?}");
        assert_eq!(info.total_retrans, 0);
        assert!(info.rtt_us > 0 && info.min_rtt_us.is_some() && info.snd_mss > 536, "{info:?}");
    }

    proptest! {
        #[test]
        fn never_panics_and_never_reads_past_the_end(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(parse_linux(&bytes).is_some(), bytes.len() >= 104);
        }
    }
}
