//! Answers of a hostile DNS server: any bytes are an answer, foreign or malformed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netmend_model::Record;

// The reader is private to its crate, and stays so: it is taken in as source, with the one module that it uses.
#[path = "../../crates/probes/src/lookup/message.rs"]
#[allow(dead_code, reason = "only reading is fuzzed")]
mod message;
#[path = "../../crates/probes/src/text.rs"]
#[allow(dead_code, reason = "shared with other probes")]
mod text;

fuzz_target!(|bytes: &[u8]| {
    let Ok(question) = message::Question::new("api.example.test", Record::A) else { return };
    // The message's own id is expected, so that the fuzzer need not guess it to get further.
    let ids: Vec<u16> = message::id(bytes).into_iter().collect();
    let _ = message::decode(bytes, &ids, &question);
});
