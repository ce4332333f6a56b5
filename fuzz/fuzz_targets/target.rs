//! Targets as they are typed: any text is a target or a clear refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netmend_diagnose::target;

fuzz_target!(|text: &str| {
    if let Err(refusal) = target::parse(text) {
        assert!(!refusal.to_string().is_empty(), "a refusal says why");
    }
});
