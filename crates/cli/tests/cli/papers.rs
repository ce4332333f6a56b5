//! Help, version, completions and manual pages.

use std::time::{Duration, Instant};

use crate::support::{Place, stdout};

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let text = stdout(&Place::new().netmend(["completions", shell]).assert().code(0).stderr(""));
        for word in ["diagnose", "explain", "interfaces", "client-timeout"] {
            assert!(text.contains(word), "{shell} lacks {word}");
        }
    }
}

#[test]
fn manual_pages_are_written_for_every_command() {
    let place = Place::new();
    place.netmend(["man", "pages/man1"]).assert().code(0).stdout("");
    for page in ["netmend.1", "netmend-diagnose.1", "netmend-report-show.1", "netmend-ping.1"] {
        let text = std::fs::read_to_string(place.path("pages/man1").join(page)).unwrap();
        assert!(text.contains(".TH") && text.contains("netmend"), "{page}: {text}");
    }
}

#[test]
fn help_and_version_are_on_standard_output_at_once() {
    let place = Place::new();
    for arguments in [&["--version"][..], &["--help"], &["diagnose", "--help"], &["help", "ping"], &["explain"]] {
        let began = Instant::now();
        let text = stdout(&place.netmend(arguments).assert().code(0).stderr(""));
        assert!(!text.is_empty());
        assert!(began.elapsed() < Duration::from_secs(1), "{arguments:?} took {:?}", began.elapsed());
    }
    assert!(stdout(&place.netmend(["--version"]).assert()).starts_with("netmend "));
}
