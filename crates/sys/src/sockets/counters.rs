//! Counters of this machine's TCP that tell what sockets cannot.

/// TcpExt TCPRetransFail: retransmissions that this machine itself could not send, such as those its own filter swallowed.
///
/// Counts for the whole network namespace since boot; `None` where the system has no such counter.
pub fn tcp_retrans_fail() -> Option<u64> {
    super::system::netstat().and_then(|text| counter(&text, "TcpExt:", "TCPRetransFail"))
}

/// A number of /proc/net/netstat: pairs of lines with the same beginning, first the names, then the numbers.
fn counter(text: &str, group: &str, name: &str) -> Option<u64> {
    let mut lines = text.lines().filter_map(|line| line.strip_prefix(group));
    let (names, numbers) = (lines.next()?, lines.next()?);
    let at = names.split_whitespace().position(|known| known == name)?;
    numbers.split_whitespace().nth(at)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_below_its_name() {
        let text = "TcpExt: SyncookiesSent TCPRetransFail TCPFoo\nTcpExt: 1 17 4\nIpExt: InNoRoutes\nIpExt: 0\n";
        assert_eq!(counter(text, "TcpExt:", "TCPRetransFail"), Some(17));
        assert_eq!(counter(text, "TcpExt:", "TCPBar"), None);
        assert_eq!(counter("TcpExt: TCPRetransFail\n", "TcpExt:", "TCPRetransFail"), None);
        assert_eq!(counter("TcpExt: A TCPRetransFail\nTcpExt: 1\n", "TcpExt:", "TCPRetransFail"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_kernel_counts() {
        assert!(tcp_retrans_fail().is_some());
    }
}
