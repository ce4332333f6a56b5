//! `/proc/net/netstat`: pairs of lines, the first with names and the second with numbers.

use netmend_model::facts::ListenQueueCounters;

/// ListenOverflows and ListenDrops of TcpExt.
pub(super) fn queue_counters(text: &str) -> Option<ListenQueueCounters> {
    let mut lines = text.lines().filter_map(|line| line.strip_prefix("TcpExt:"));
    let (names, values) = (lines.next()?, lines.next()?);
    let value = |name: &str| {
        let position = names.split_whitespace().position(|known| known == name)?;
        values.split_whitespace().nth(position)?.parse().ok()
    };
    Some(ListenQueueCounters { overflows: value("ListenOverflows")?, drops: value("ListenDrops")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_stand_below_their_names() {
        let text = "TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPFoo\nTcpExt: 1 17 18 4\nIpExt: InNoRoutes\nIpExt: 0\n";
        assert_eq!(queue_counters(text), Some(ListenQueueCounters { overflows: 17, drops: 18 }));
        assert_eq!(queue_counters("TcpExt: A B\nTcpExt: 1 2\n"), None);
        assert_eq!(queue_counters("TcpExt: ListenOverflows ListenDrops\n"), None);
        assert_eq!(queue_counters(""), None);
    }
}
