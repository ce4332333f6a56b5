use proptest::prelude::*;

use super::*;

fn names(entry: &HostsEntry) -> Vec<&str> {
    entry.names.iter().map(String::as_str).collect()
}

#[test]
fn debian() {
    let entries = parse(
        "127.0.0.1\tlocalhost\n127.0.1.1\tThinkPad.example.test ThinkPad # me\n\n::1 ip6-localhost ip6-loopback\n",
    );
    assert_eq!(entries.len(), 3);
    assert_eq!(names(&entries[1]), ["thinkpad.example.test", "thinkpad"]);
    assert_eq!((entries[2].line, entries[2].address), (4, "::1".parse().unwrap()));
}

#[test]
fn windows_with_byte_order_mark_and_crlf() {
    let text = "\u{feff}# Copyright (c) 1993-2009 Microsoft Corp.\r\n#\r\n#      127.0.0.1       localhost\r\n203.0.113.7 intranet.example.test\r\n";
    let entries = parse(text);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].line, 4);
    assert_eq!(names(&entries[0]), ["intranet.example.test"]);
}

#[test]
fn macos_with_a_zone() {
    let text = "##\n# Host Database\n##\n127.0.0.1\tlocalhost\n255.255.255.255\tbroadcasthost\n::1             localhost\nfe80::1%lo0\tlocalhost\n";
    let entries = parse(text);
    assert_eq!(entries.len(), 4);
    assert_eq!(entries[3].address, "fe80::1".parse::<IpAddr>().unwrap());
}

#[test]
fn lines_that_pin_nothing() {
    assert!(parse("203.0.113.7\n203.0.113.300 a.test\nname 203.0.113.7\n#203.0.113.7 b.test\n").is_empty());
}

#[test]
fn order_of_services() {
    let order_of = |line: &str| order(&format!("passwd: files systemd\n# hosts: nis\n{line}\nnetworks: files\n"));
    assert_eq!(
        order_of("hosts:          files mymachines resolve [!UNAVAIL=return] dns myhostname"),
        ["files", "mymachines", "resolve", "dns", "myhostname"]
    );
    assert_eq!(order_of("hosts: files mdns4_minimal [ NOTFOUND=return ] dns # end"), ["files", "mdns4_minimal", "dns"]);
    assert!(order("passwd: files\n").is_empty());
}

proptest! {
    #[test]
    fn any_text_parses(text in "\\PC*|(?s).{0,200}") {
        let entries = parse(&text);
        prop_assert!(entries.iter().all(|entry| !entry.names.is_empty() && entry.line as usize <= text.lines().count()));
        order(&text);
    }

    #[test]
    fn what_is_written_is_read(octets in any::<[u8; 4]>(), name in "[A-Z]{1,8}\\.test", blank in "[ \t]{1,3}", end in "\r?\n") {
        let address = IpAddr::from(octets);
        let entries = parse(&format!("{blank}{address}{blank}{name}{blank}# note{end}"));
        prop_assert_eq!(entries, vec![HostsEntry { line: 1, address, names: vec![name.to_lowercase()] }]);
    }
}
