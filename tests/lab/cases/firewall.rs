//! Firewalls and other devices that decide about packets.

use crate::case::Case;
use crate::proof::{self, Connect};
use crate::servers::http::Reply;
use crate::topology::Node;

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![dropped()]
}

fn dropped() -> Case {
    Case::cause("firewall.dropped", "")
        .target("https://api.example.test:8443/")
        .build(|lab| {
            lab.https(Reply::status(200))?;
            lab.filter(Node::R4, "forward", "tcp dport 8443 counter name hits drop")
        })
        .proof(|lab| {
            proof::expect_silent(lab, "203.0.113.10:8443")?;
            proof::expect(lab, "[2001:db8:5::10]:8443", Connect::Silent)?;
            proof::expect_hits(lab, Node::R4)?;
            proof::expect_open(lab, "203.0.113.10:443")?;
            proof::expect_ping(lab, "203.0.113.10")
        })
}
