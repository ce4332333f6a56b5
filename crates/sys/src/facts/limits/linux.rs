//! getrlimit(2), `/proc/sys` and `/proc/net/sockstat`.

use netmend_model::Outcome;
use netmend_model::facts::{EphemeralPorts, Limits, OpenFiles, TcpLimits};
use nix::sys::resource::{Resource, getrlimit};

use crate::facts::reading::{self, number, text};

/// tcp_rto_max_ms, unless the kernel (6.15 and later) says otherwise.
const RTO_MAX_MS: f64 = 120_000.0;

pub(super) async fn read() -> Outcome<Limits> {
    reading::blocking("limits", reading::LOCAL, || {
        Outcome::observed(Limits {
            open_files: open_files(),
            system_files: text("/proc/sys/fs/file-nr").ok().and_then(|text| system_files(&text)),
            ephemeral: ephemeral(),
            tcp: tcp(),
            ping_groups: text("/proc/sys/net/ipv4/ping_group_range").ok().and_then(|text| pair(&text)),
        })
    })
    .await
}

fn open_files() -> Option<OpenFiles> {
    let (limit, _) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
    // One of them is the folder that is being read.
    let used = std::fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1);
    Some(OpenFiles { used: used as u64, limit })
}

/// Allocated, allocated and unused (always 0), limit (proc_sys_fs(5)).
fn system_files(text: &str) -> Option<OpenFiles> {
    let mut numbers = text.split_whitespace().map(str::parse);
    let (used, free, limit) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    Some(OpenFiles { used: u64::saturating_sub(used, free), limit })
}

fn ephemeral() -> Option<EphemeralPorts> {
    let (first, last) = pair(&text("/proc/sys/net/ipv4/ip_local_port_range").ok()?)?;
    let four = text("/proc/thread-self/net/sockstat").ok()?;
    // Absent without IPv6.
    let six = text("/proc/thread-self/net/sockstat6").unwrap_or_default();
    Some(EphemeralPorts {
        first,
        last,
        in_use: socket_count(&four, "TCP:", "inuse")? + socket_count(&six, "TCP6:", "inuse").unwrap_or(0),
        // Counts both families.
        time_wait: socket_count(&four, "TCP:", "tw")?,
    })
}

/// A number by its name in a line of sockstat, such as `TCP: inuse 5 orphan 0 tw 2 alloc 7 mem 1`.
fn socket_count(text: &str, line: &str, name: &str) -> Option<u32> {
    let mut fields = text.lines().find_map(|l| l.strip_prefix(line))?.split_whitespace();
    fields.find(|field| *field == name)?;
    fields.next()?.parse().ok()
}

fn pair<T: std::str::FromStr>(text: &str) -> Option<(T, T)> {
    let mut numbers = text.split_whitespace().map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn tcp() -> Option<TcpLimits> {
    let syn_retries = number("/proc/sys/net/ipv4/tcp_syn_retries")?;
    // Since kernel 6.5; before, every retransmission backed off.
    let linear = number("/proc/sys/net/ipv4/tcp_syn_linear_timeouts").unwrap_or(0);
    let rto_max = number("/proc/sys/net/ipv4/tcp_rto_max_ms").unwrap_or(RTO_MAX_MS);
    Some(TcpLimits {
        syn_retries,
        connect_timeout_s: connect_timeout(syn_retries, linear, rto_max / 1000.0),
        somaxconn: number("/proc/sys/net/core/somaxconn")?,
        mtu_probing: number("/proc/sys/net/ipv4/tcp_mtu_probing")?,
    })
}

/// Seconds until connect(2) gives up: `linear` retransmissions one second apart, then `retries` more with doubling
/// pauses up to `longest` (tcp_write_timeout and tcp_retransmit_timer in net/ipv4/tcp_timer.c).
fn connect_timeout(retries: u32, linear: u32, longest: f64) -> f64 {
    let backing_off: f64 = (0..=retries.min(255)).map(|n| longest.min(2_f64.powi(i32::try_from(n).unwrap_or(0)))).sum();
    f64::from(linear) + backing_off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connect_timeouts_of_known_kernels() {
        // tcp(7) and the kernel's ip-sysctl.rst: 127 s with 6 retries, 131 s with 4 linear time-outs.
        for (retries, linear, seconds) in [(6, 0, 127.0), (6, 4, 131.0), (1, 0, 3.0), (8, 0, 367.0)] {
            assert!((connect_timeout(retries, linear, 120.0) - seconds).abs() < f64::EPSILON, "{retries} {linear}");
        }
    }

    #[test]
    fn socket_counts() {
        let text = "sockets: used 285\nTCP: inuse 5 orphan 0 tw 2 alloc 7 mem 1\nUDP: inuse 3 mem 0\n";
        assert_eq!(socket_count(text, "TCP:", "inuse"), Some(5));
        assert_eq!(socket_count(text, "TCP:", "tw"), Some(2));
        assert_eq!(socket_count(text, "TCP:", "nothing"), None);
        assert_eq!(socket_count("", "TCP:", "tw"), None);
    }

    #[test]
    fn files_of_the_system() {
        assert_eq!(
            system_files("1184\t0\t9223372036854775807\n"),
            Some(OpenFiles { used: 1184, limit: i64::MAX as u64 })
        );
        assert_eq!(system_files("x"), None);
    }

    #[tokio::test]
    async fn this_computer_has_limits() {
        let outcome = read().await;
        let limits = outcome.data().unwrap();
        let files = limits.open_files.as_ref().expect("this process has descriptors");
        assert!(files.used >= 3 && files.used < files.limit);
        let ports = limits.ephemeral.as_ref().expect("a port range");
        assert!(ports.first < ports.last);
        assert!(limits.tcp.as_ref().is_some_and(|tcp| tcp.connect_timeout_s >= 1.0));
    }
}
