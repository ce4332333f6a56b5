//! What people paste: any text is read without a panic, and the same each time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netmend_diagnose::{symptom, target};

fuzz_target!(|text: &str| {
    let read = symptom::parse(text);
    assert_eq!(read, symptom::parse(text));
    let _ = target::target_of(&read);
});
