use std::collections::BTreeSet;

use netmend_model::{CauseId, Remedy, Request, Rights, Risk, Topic, Who};

use super::*;

fn english() -> Words {
    Words::new("en")
}

/// The source text of another part: `report` may not depend on it, yet its ids need words here.
fn source(path: &str) -> String {
    std::fs::read_to_string(format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Every string literal that stands after `before` in a source text.
fn literals_after(text: &str, before: &str) -> Vec<String> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id.to_owned()).collect()
}

fn remedy_ids() -> Vec<String> {
    let text = source("diagnose/src/remedy/catalogue.rs");
    let mut ids = Vec::new();
    for who in ["User", "Admin", "Network", "Server", "Developer"] {
        for constructor in ["by", "tell"] {
            ids.extend(literals_after(&text, &format!("Fix::{constructor}({who}, \"")));
        }
    }
    assert_eq!(ids.len(), text.matches("pub const").count(), "every remedy is found");
    ids
}

fn sign_ids() -> Vec<String> {
    let text = source("diagnose/src/signs/mod.rs");
    let table = text.split("\nsigns! {").nth(1).unwrap().split("\n}").next().unwrap();
    let lines = table.lines().map(str::trim).filter(|line| !line.starts_with("///") && !line.is_empty());
    let ids: Vec<_> = lines.map(|line| line.split('"').nth(1).unwrap().to_owned()).collect();
    assert!(ids.len() > 50, "the table of signs was found");
    ids
}

fn note_codes() -> Vec<String> {
    let text = source("diagnose/src/notes.rs");
    let table = text.split("CODES: &[&str] = &[").nth(1).unwrap().split(']').next().unwrap();
    let codes: Vec<_> = table.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(!codes.is_empty(), "the table of notes was found");
    codes
}

/// Every message's key in the embedded files, with its attributes.
fn entries() -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for text in LANGUAGES[0].1 {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap();
        for entry in resource.entries() {
            if let fluent_syntax::ast::Entry::Message(message) = entry {
                let attributes = message.attributes.iter().map(|a| a.id.name.to_owned()).collect();
                found.push((message.id.name.to_owned(), attributes));
            }
        }
    }
    found
}

#[test]
fn every_file_is_well_formed_and_no_entry_stands_twice() {
    for (language, files) in LANGUAGES {
        let mut seen = BTreeSet::new();
        for text in *files {
            let resource = FluentResource::try_new((*text).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
            for entry in resource.entries() {
                if let fluent_syntax::ast::Entry::Message(message) = entry {
                    assert!(seen.insert(message.id.name.to_owned()), "{language}: {} stands twice", message.id.name);
                }
            }
        }
    }
}

#[test]
fn every_cause_has_a_short_title_an_explanation_and_a_meaning() {
    let words = english();
    for cause in CauseId::ALL {
        let key = fill::cause_key(*cause);
        assert!(words.has(&key), "{key} is missing");
        let title = words.cause(*cause, &Params::new());
        assert!(title.split_whitespace().count() <= 20, "{key} is too long: {title}");
        assert!(title.ends_with('.'), "{key}: {title}");
        for text in [words.explanation(*cause, &Params::new()), words.meaning(*cause)] {
            assert!((8..=70).contains(&text.split_whitespace().count()), "{key}: {text}");
        }
    }
}

#[test]
fn every_remedy_has_a_title_steps_for_every_system_and_a_message_where_somebody_else_acts() {
    let words = english();
    for id in remedy_ids() {
        let tell = id.starts_with("tell_");
        let remedy = Remedy {
            id: id.clone(),
            title: String::new(),
            steps: Vec::new(),
            who: Who::User,
            risk: Risk::None,
            rights: Rights::User,
            minutes: 1,
            workaround: false,
            hand_over: tell,
        };
        assert!(words.has(&fill::remedy_key(&id)), "{id} is missing");
        for os in ["linux", "macos", "windows", ""] {
            assert!(!words.steps(&remedy, os, &Params::new()).is_empty(), "{id} has no steps for {os}");
        }
        assert_eq!(words.attribute(&fill::remedy_key(&id), "message", &Params::new()).is_some(), tell, "{id}");
    }
}

#[test]
fn every_sign_can_be_said_and_denied() {
    let words = english();
    for id in sign_ids() {
        let key = format!("sign-{}", key(&id));
        assert!(words.has(&key), "{key} is missing");
        assert!(words.attribute(&key, "absent", &Params::new()).is_some(), "{key}.absent is missing");
    }
}

#[test]
fn every_note_has_words() {
    for code in note_codes() {
        assert!(english().has(&format!("note-{}", key(&code))), "note-{code} is missing");
    }
}

#[test]
fn no_entry_of_a_catalogue_is_unused() {
    let causes: BTreeSet<_> = CauseId::ALL.iter().map(|cause| fill::cause_key(*cause)).collect();
    let fixes: BTreeSet<_> = remedy_ids().iter().map(|id| fill::remedy_key(id)).collect();
    let signs: BTreeSet<_> = sign_ids().iter().map(|id| format!("sign-{}", key(id))).collect();
    let notes: BTreeSet<_> = note_codes().iter().map(|id| format!("note-{}", key(id))).collect();
    for (prefix, used) in [("cause-", causes), ("fix-", fixes), ("sign-", signs), ("note-", notes)] {
        for (entry, _) in entries().iter().filter(|(entry, _)| entry.starts_with(prefix)) {
            assert!(used.contains(entry), "nothing uses {entry}");
        }
    }
}

#[test]
fn an_entry_reads_well_when_nothing_is_known() {
    let words = english();
    for (key, attributes) in entries() {
        // These name what the program always gives.
        let catalogue = ["cause-", "fix-", "sign-", "note-"].iter().any(|prefix| key.starts_with(prefix));
        if !catalogue {
            continue;
        }
        let mut texts = vec![words.text(&key)];
        texts.extend(attributes.iter().map(|name| words.attribute(&key, name, &Params::new()).unwrap()));
        for text in texts {
            assert!(!text.contains("{$") && !text.contains("{ $"), "{key}: {text}");
            let gap = ["  ", " . ", "()", " ,"].iter().any(|gap| text.contains(gap)) || text.ends_with(" .");
            assert!(!gap, "{key}: {text}");
            assert!(text.chars().next().is_some_and(|first| !first.is_lowercase()), "{key}: {text}");
        }
    }
}

#[test]
fn values_are_inserted_as_they_are_and_made_visible() {
    let words = english();
    let hostile = "a{ $host }\u{202e}b\x1b[31m\n{\"x\"}";
    let text = words.with("verdict-healthy-target", &[("target", hostile)]);
    assert_eq!(text, "a{ $host }\\u{202e}b\\x1b[31m\\n{\"x\"} works.");
    let plain = words.with("verdict-healthy-target", &[("target", "::1")]);
    assert_eq!(plain, "::1 works.", "no isolation marks");
}

#[test]
fn numbers_choose_their_plural() {
    let words = english();
    assert_eq!(words.minutes(1), "about a minute");
    assert_eq!(words.minutes(15), "about 15 minutes");
}

#[test]
fn a_language_is_found_by_its_tag_and_english_stands_in() {
    for tag in ["en", "en-GB", "en_US.UTF-8", "C", "", "xx"] {
        assert_eq!(Words::new(tag).language(), "en", "{tag}");
    }
    assert_eq!(english().text("no-such-entry"), "no-such-entry");
}

#[test]
fn every_topic_and_request_has_words() {
    let words = english();
    for topic in Topic::ALL {
        let said = words.request(&Request::Fact { topic: *topic });
        assert!(!said.starts_with("topic-") && !said.is_empty(), "{topic:?}");
    }
}

/// Families of entries whose keys are put together from a code.
const FAMILIES: &[&str] = &[
    "who-",
    "risk-",
    "rights-",
    "station-",
    "status-",
    "place-",
    "protocol-",
    "role-",
    "lookup-role-",
    "topic-",
    "why-",
    "reason-",
    "redaction-",
    "confidence-",
    "default-",
    "heading-",
    "cause-",
    "fix-",
    "sign-",
    "note-",
];

/// The text of every source file below a folder of the workspace that shows words, tests left out.
fn sources(folder: &std::path::Path, into: &mut String) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = ["rs", "ts", "svelte", "ftl"].iter().any(|ending| path.extension().is_some_and(|e| e == *ending));
        if path.is_dir() {
            sources(&path, into);
        } else if source && !name.starts_with("tests") {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_entry_is_used_and_every_key_used_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut text = String::new();
    for folder in ["crates/report/src", "crates/cli/src", "src-tauri/src", "ui/src", "locales/en"] {
        sources(&root.join(folder), &mut text);
    }
    let words = english();
    for (key, _) in entries() {
        let family = FAMILIES.iter().any(|family| key.starts_with(family));
        let used =
            [format!("\"{key}\""), format!("'{key}'"), format!("{{ {key} }}")].iter().any(|form| text.contains(form));
        assert!(family || used, "nothing uses {key}");
    }
    for call in ["words.text(\"", "words.with(\"", "words.format(\"", "self.text(\"", "self.with(\""] {
        for key in literals_after(&text, call) {
            assert!(words.has(&key), "{key} is missing");
        }
    }
}

#[test]
fn every_family_has_a_word_for_every_code() {
    let words = english();
    let definitions = crate::schema()["$defs"].clone();
    for (family, name) in [
        ("who", "Who"),
        ("risk", "Risk"),
        ("rights", "Rights"),
        ("place", "PlaceKind"),
        ("protocol", "Protocol"),
        ("role", "Role"),
        ("lookup-role", "LookupRole"),
        ("topic", "Topic"),
        ("why", "Why"),
        ("reason", "ReasonCode"),
        ("redaction", "Redaction"),
    ] {
        let codes = enumerated(&definitions[name]);
        assert!(codes.len() > 1, "{name} is a list in the schema");
        for code in codes {
            assert!(words.has(&format!("{family}-{}", key(&code))), "{family}-{code} is missing");
        }
    }
}

/// The codes of an enum in the schema, however they are written there.
fn enumerated(definition: &serde_json::Value) -> Vec<String> {
    let listed = definition["enum"].as_array().into_iter().flatten();
    let single = definition["oneOf"].as_array().into_iter().flatten();
    let parts = single.flat_map(|part| part["enum"].as_array().into_iter().flatten().chain(part.get("const")));
    listed.chain(parts).filter_map(|code| code.as_str().map(str::to_owned)).collect()
}
