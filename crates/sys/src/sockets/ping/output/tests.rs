//! Outputs as the programs write them; those of Linux recorded in a network namespace.

use proptest::prelude::*;

use super::*;

fn said(text: &str, target: &str) -> Said {
    read(text, target.parse().unwrap())
}

#[test]
fn iputils() {
    let text = "PING 203.0.113.10 (203.0.113.10) 56(84) bytes of data.
64 bytes from 203.0.113.10: icmp_seq=1 ttl=64 time=20.4 ms
64 bytes from 203.0.113.10: icmp_seq=3 ttl=64 time=20.6 ms
64 bytes from 203.0.113.10: icmp_seq=2 ttl=64 time=401 ms
64 bytes from 203.0.113.10: icmp_seq=2 ttl=64 time=402 ms (DUP!)

--- 203.0.113.10 ping statistics ---
4 packets transmitted, 3 received, +1 duplicates, 25% packet loss, time 606ms
rtt min/avg/max/mdev = 20.4/147.3/401.0/0.005 ms
";
    let expected = Said { sent: Some(4), rtt_ms: vec![20.4, 401.0, 20.6], icmp: vec![] };
    assert_eq!(said(text, "203.0.113.10"), expected);
}

#[test]
fn iputils_over_ipv6() {
    let text = "PING ::1(::1) 56 data bytes
64 bytes from ::1: icmp_seq=1 ttl=64 time=0.021 ms
64 bytes from ::1: icmp_seq=2 ttl=64 time=0.038 ms

--- ::1 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 203ms
rtt min/avg/max/mdev = 0.021/0.029/0.038/0.008 ms
";
    assert_eq!(said(text, "::1"), Said { sent: Some(2), rtt_ms: vec![0.021, 0.038], icmp: vec![] });
}

#[test]
fn iputils_rejected() {
    let text = "PING 127.0.0.2 (127.0.0.2) 56(84) bytes of data.
From 198.51.100.1 icmp_seq=1 Packet filtered
From 198.51.100.1 icmp_seq=2 Packet filtered

--- 127.0.0.2 ping statistics ---
2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 207ms

";
    let said = said(text, "127.0.0.2");
    assert_eq!((said.sent, said.rtt_ms.len(), said.icmp.len()), (Some(2), 0, 2));
    assert!(said.icmp[0].is_prohibited());
    assert_eq!(said.icmp[0].from, Some("198.51.100.1".parse().unwrap()));
}

#[test]
fn iputils_packet_too_big_names_the_mtu() {
    let text = "From 2001:db8::1 icmp_seq=1 Packet too big: mtu=1280\n";
    let said = said(text, "2001:db8::10");
    assert_eq!((said.icmp[0].origin, said.icmp[0].icmp_type, said.icmp[0].mtu), (IcmpOrigin::Icmp6, 2, Some(1280)));
}

#[test]
fn iputils_without_rights() {
    let text = "ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\n";
    assert_eq!(said(text, "127.0.0.1"), Said::default());
}

#[test]
fn busybox() {
    let text = "PING 127.0.0.1 (127.0.0.1): 56 data bytes
64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.044 ms
64 bytes from 127.0.0.1: seq=1 ttl=64 time=0.058 ms

--- 127.0.0.1 ping statistics ---
3 packets transmitted, 2 packets received, 33% packet loss
round-trip min/avg/max = 0.044/0.053/0.058 ms
";
    assert_eq!(said(text, "127.0.0.1"), Said { sent: Some(3), rtt_ms: vec![0.044, 0.058], icmp: vec![] });
}

#[test]
fn macos() {
    let text = "PING 203.0.113.10 (203.0.113.10): 56 data bytes
64 bytes from 203.0.113.10: icmp_seq=0 ttl=57 time=19.211 ms
Request timeout for icmp_seq 1
92 bytes from 198.51.100.1: Destination Host Unreachable
Vr HL TOS  Len   ID Flg  off TTL Pro  cks      Src      Dst
 4  5  00 5400 94d2   0 0000  3f  01 2b2a 192.0.2.10  203.0.113.10

--- 203.0.113.10 ping statistics ---
3 packets transmitted, 1 packets received, 66.7% packet loss
round-trip min/avg/max/stddev = 19.211/19.211/19.211/0.000 ms
";
    let said = said(text, "203.0.113.10");
    assert_eq!((said.sent, &said.rtt_ms[..]), (Some(3), &[19.211][..]));
    assert_eq!(said.icmp.len(), 1);
    assert!(said.icmp[0].is_host_unreachable());
}

#[test]
fn macos_ping6() {
    let text = "PING6(56=40+8+8 bytes) 2001:db8::2 --> 2001:db8::10
16 bytes from 2001:db8::10, icmp_seq=0 hlim=57 time=20.100 ms

--- 2001:db8::10 ping6 statistics ---
1 packets transmitted, 1 packets received, 0.0% packet loss
round-trip min/avg/max/std-dev = 20.100/20.100/20.100/0.000 ms
";
    assert_eq!(said(text, "2001:db8::10").rtt_ms, [20.1]);
}

#[test]
fn windows() {
    let text = "\r\nPinging 203.0.113.10 with 32 bytes of data:\r
Reply from 203.0.113.10: bytes=32 time=20ms TTL=57\r
Request timed out.\r
Reply from 203.0.113.10: bytes=32 time<1ms TTL=57\r
Reply from 198.51.100.1: Destination host unreachable.\r
\r
Ping statistics for 203.0.113.10:\r
    Packets: Sent = 4, Received = 3, Lost = 1 (25% loss),\r
Approximate round trip times in milli-seconds:\r
    Minimum = 0ms, Maximum = 20ms, Average = 10ms\r\n";
    let said = said(text, "203.0.113.10");
    assert_eq!((said.sent, &said.rtt_ms[..]), (Some(4), &[20.0, 0.5][..]));
    assert!(said.icmp[0].is_host_unreachable());
}

#[test]
fn windows_in_german() {
    let text = "\r\nPing wird ausgeführt für 203.0.113.10 mit 32 Bytes Daten:\r
Antwort von 203.0.113.10: Bytes=32 Zeit=21ms TTL=57\r
Zeitüberschreitung der Anforderung.\r
Antwort von 198.51.100.1: Zielnetz nicht erreichbar.\r
\r
Ping-Statistik für 203.0.113.10:\r
    Pakete: Gesendet = 3, Empfangen = 2, Verloren = 1\r
    (33% Verlust),\r
Ca. Zeitangaben in Millisek.:\r
    Minimum = 21ms, Maximum = 21ms, Mittelwert = 21ms\r\n";
    let said = said(text, "203.0.113.10");
    assert_eq!((said.sent, &said.rtt_ms[..]), (Some(3), &[21.0][..]));
    assert!(said.icmp[0].is_no_route());
}

#[test]
fn windows_over_ipv6_in_french() {
    let text = "Réponse de 2001:db8::10 : temps=20 ms\r\nRéponse de 2001:db8::10 : temps<1ms\r\n";
    assert_eq!(said(text, "2001:db8::10").rtt_ms, [20.0, 0.5]);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "[a-z0-9=<:.,( ü\n]{0,200}") {
        let said = said(&text, "192.0.2.1");
        prop_assert!(said.rtt_ms.iter().all(|ms| ms.is_finite()));
    }
}
