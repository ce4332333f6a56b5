//! Which signs each cause predicts, how strongly, and which exclude it.
//!
//! A cause may have several rules: different ways in which it shows itself. The best one counts. Weights are natural log-odds:
//! a need of 5 alone, against the base of −2, gives a probability of about 0.95.

mod computer;
mod exchange;
mod local;
mod names;
mod path;
mod proxy;
mod quality;
mod service;
mod tls;

use netmend_model::CauseId;

use crate::signs::Sign;

/// Log-odds of a cause before any sign: most causes are not the one.
pub const BASE: f64 = -2.0;

/// The part of the way that a cause breaks, in the order in which a connection passes it. A sure cause hides those of later
/// stages: they are its consequences. Causes of one stage compete with each other to explain the same failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Links, addresses and routes of this computer.
    Computer,
    /// The network asks for a sign-in.
    Access,
    /// Name look-up.
    Names,
    /// A configured proxy.
    Proxy,
    /// From here to an accepted connection.
    Reach,
    /// The TLS handshake.
    Secure,
    /// What is spoken on the connection.
    Exchange,
    /// It works, though not well. Hides nothing, and only a broken way hides it.
    Quality,
}

/// One way in which a cause shows itself.
#[derive(Debug)]
pub struct Rule {
    /// The cause.
    pub cause: CauseId,
    /// The part of the way that it breaks.
    pub stage: Stage,
    /// Signs without which the rule does not apply, and what each adds.
    pub needs: &'static [(Sign, f64)],
    /// Signs that make it more or less probable: what presence adds, what absence takes away.
    pub hints: &'static [(Sign, f64, f64)],
    /// Signs that rule it out.
    pub excludes: &'static [Sign],
}

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        computer::RULES,
        names::RULES,
        proxy::RULES,
        path::RULES,
        service::RULES,
        local::RULES,
        tls::RULES,
        exchange::RULES,
        quality::RULES,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_needs_something_and_can_win() {
        for rule in all() {
            assert!(!rule.needs.is_empty(), "{} needs nothing", rule.cause);
            let needs: f64 = rule.needs.iter().map(|(_, weight)| weight).sum();
            let hints: f64 = rule.hints.iter().map(|(_, present, absent)| present.max(-absent).max(0.0)).sum();
            assert!(BASE + needs + hints > 2.2, "{} never reaches a confidence of 0.9", rule.cause);
        }
    }

    #[test]
    fn no_rule_contradicts_itself() {
        for rule in all() {
            assert!(!rule.needs.iter().any(|(sign, _)| rule.excludes.contains(sign)), "{}", rule.cause);
        }
    }
}
