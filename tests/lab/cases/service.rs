//! The service itself.

use crate::case::Case;
use crate::proof;
use crate::topology::Node;

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![refused()]
}

fn refused() -> Case {
    Case::cause("service.refused", "").target("https://api.example.test/").proof(|lab| {
        proof::expect_refused(lab, "203.0.113.10:443")?;
        proof::expect_refused(lab, "[2001:db8:5::10]:443")?;
        let _ = Node::Server;
        proof::expect_ping(lab, "203.0.113.10")
    })
}
