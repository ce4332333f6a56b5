//! Report files by others: any bytes are refused, or can be shown, saved and diagnosed again, with the same result each time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netmend_diagnose::rediagnose;
use netmend_report::{Words, html, json, markdown, parse};
use std::sync::LazyLock;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new("en"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(report) = parse(bytes) else { return };
    let again = rediagnose(&report);
    assert_eq!(again, rediagnose(&report), "a diagnosis is the same each time");
    let saved = json::render(&report);
    assert!(parse(saved.as_bytes()).is_ok(), "what is saved can be loaded");
    let page = html::render(&again, &[], &WORDS);
    assert!(!page.contains("<script"), "a report brings no script");
    let _ = markdown::render(&again, &[], &WORDS);
});
