//! Completes the transport checksum of a frame (RFC 1071), for TCP, UDP and ICMPv6 over IPv4 and IPv6.

const ETHERNET: usize = 14;
const TCP: u8 = 6;
const UDP: u8 = 17;
const ICMPV6: u8 = 58;

/// Recomputes the transport checksum in place. Leaves alone what it does not know: fragments, other protocols.
pub fn fill_in(frame: &mut [u8]) {
    match frame.get(12..ETHERNET) {
        Some([0x08, 0x00]) => fill_in_v4(&mut frame[ETHERNET..]),
        Some([0x86, 0xdd]) => fill_in_v6(&mut frame[ETHERNET..]),
        _ => {}
    }
}

fn fill_in_v4(packet: &mut [u8]) {
    if packet.len() < 20 {
        return;
    }
    let header = usize::from(packet[0] & 0x0f) * 4;
    let total = usize::from(u16::from_be_bytes([packet[2], packet[3]]));
    let fragmented = u16::from_be_bytes([packet[6], packet[7]]) & 0x3fff != 0;
    if header < 20 || header > total || total > packet.len() || fragmented {
        return;
    }
    let protocol = packet[9];
    let (head, rest) = packet.split_at_mut(header);
    fill_in_transport(&head[12..20], protocol, &mut rest[..total - header]);
}

fn fill_in_v6(packet: &mut [u8]) {
    if packet.len() < 40 {
        return;
    }
    let length = usize::from(u16::from_be_bytes([packet[4], packet[5]]));
    let protocol = packet[6];
    let (head, rest) = packet.split_at_mut(40);
    if let Some(body) = rest.get_mut(..length) {
        fill_in_transport(&head[8..40], protocol, body);
    }
}

fn fill_in_transport(addresses: &[u8], protocol: u8, body: &mut [u8]) {
    let at = match protocol {
        TCP => 16,
        UDP => 6,
        ICMPV6 => 2,
        _ => return,
    };
    if body.len() < at + 2 {
        return;
    }
    body[at..at + 2].fill(0);
    let length = u32::try_from(body.len()).unwrap_or(0);
    let sum = sum(addresses) + sum(body) + u64::from(protocol) + u64::from(length);
    let value = fold(sum);
    // In UDP zero means "no checksum" (RFC 768); all ones is the same number.
    let value = if protocol == UDP && value == 0 { 0xffff } else { value };
    body[at..at + 2].copy_from_slice(&value.to_be_bytes());
}

fn sum(bytes: &[u8]) -> u64 {
    bytes.chunks(2).map(|pair| u64::from(u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]))).sum()
}

fn fold(mut sum: u64) -> u16 {
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap_or(0)
}

/// The Internet checksum of a message without pseudo header, such as ICMP for IPv4.
pub fn internet(bytes: &[u8]) -> u16 {
    fold(sum(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A DNS query over UDP from 192.0.2.10 to 198.51.100.66 with the checksum left out.
    fn udp_frame() -> Vec<u8> {
        let mut frame = vec![0; 12];
        frame.extend([0x08, 0x00]);
        frame.extend([0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 10, 198, 51, 100, 66]);
        frame.extend([0x30, 0x39, 0, 53, 0, 12, 0, 0, 1, 2, 3, 4]);
        frame
    }

    #[test]
    fn a_completed_datagram_sums_to_all_ones() {
        let mut frame = udp_frame();
        fill_in(&mut frame);
        let packet = &frame[ETHERNET..];
        let total = sum(&packet[12..20]) + sum(&packet[20..]) + u64::from(UDP) + 12;
        assert_eq!(fold(total), 0);
    }

    #[test]
    fn fragments_and_foreign_protocols_stay_as_they_are() {
        let mut fragment = udp_frame();
        fragment[ETHERNET + 6] = 0x20;
        let before = fragment.clone();
        fill_in(&mut fragment);
        assert_eq!(fragment, before);
        let mut arp = vec![0; 42];
        arp[12..14].copy_from_slice(&[0x08, 0x06]);
        let before = arp.clone();
        fill_in(&mut arp);
        assert_eq!(arp, before);
    }

    #[test]
    fn truncated_headers_are_left_alone() {
        for length in 0..60 {
            let mut frame = udp_frame();
            frame.truncate(length);
            fill_in(&mut frame);
        }
    }
}
