//! A report for tests.

use netmend_model::{Host, Profile, Protocol, Redaction, Report, SCHEMA, Settings, Target, Verdict};

/// A healthy report of nothing much, about this host.
pub fn report(host: Option<&str>) -> Report {
    Report {
        schema: SCHEMA.to_owned(),
        verdict: Verdict::Healthy,
        target: host.map(|host| Target {
            asked: host.to_owned(),
            host: host.to_owned(),
            address: None,
            port: None,
            scheme: None,
            path: String::new(),
            expect: Protocol::Https,
        }),
        symptom: None,
        diagnoses: Vec::new(),
        evidence: Vec::new(),
        notes: Vec::new(),
        skipped: Vec::new(),
        host: Host::default(),
        started: "2026-11-21T08:00:00Z".to_owned(),
        elapsed_ms: 1.0,
        netmend: "0.1.0".to_owned(),
        settings: Settings::default(),
        profile: Profile::default(),
        steps: Vec::new(),
        interrupted: false,
        redaction: Redaction::None,
        language: "en".to_owned(),
    }
}
