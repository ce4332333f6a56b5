//! `netmend explain`.

use std::process::ExitCode;

use netmend_diagnose::remedy::remedies;
use netmend_model::{CauseId, Params};
use netmend_report::Words;

use crate::exit::Wrong;
use crate::output;

/// What a cause means; without one, the list of all.
pub fn run(cause: Option<&str>) -> anyhow::Result<ExitCode> {
    let words = output::words();
    let text = match cause {
        None => list(&words),
        Some(id) => one(CauseId::from_id(&id.to_ascii_lowercase()).ok_or_else(|| unknown(id, &words))?, &words),
    };
    output::result(&text);
    Ok(ExitCode::SUCCESS)
}

fn list(words: &Words) -> String {
    let width = CauseId::ALL.iter().map(|cause| cause.id().len()).max().unwrap_or(0);
    CauseId::ALL
        .iter()
        .map(|cause| format!("{:width$}  {}\n", cause.id(), words.cause(*cause, &Params::new())))
        .collect()
}

fn one(cause: CauseId, words: &Words) -> String {
    let mut text = format!("{cause}\n{}\n", wrapped(&words.cause(cause, &Params::new()), ""));
    text += &wrapped(&words.meaning(cause), "");
    text += &format!("\n{}: {}\n\n{}\n", words.text("explain-who"), words.who(cause.who()), words.text("explain-do"));
    for (number, remedy) in remedies(cause).iter().enumerate() {
        text += &format!("{}. {}\n", number + 1, words.remedy(remedy, &Params::new()));
        for step in words.steps(remedy, std::env::consts::OS, &Params::new()) {
            text += &wrapped(&step, "   - ");
        }
    }
    text
}

/// Folds a text at the terminal's width; lines after the first are indented as far as `first` is long.
fn wrapped(text: &str, first: &str) -> String {
    let width = output::style(false).width;
    let (mut out, mut line) = (String::new(), first.to_owned());
    let indent = " ".repeat(first.chars().count());
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() >= width && !line.trim().is_empty() {
            out += line.trim_end();
            out.push('\n');
            line.clone_from(&indent);
        }
        line += word;
        line.push(' ');
    }
    out + line.trim_end() + "\n"
}

/// There is no such cause; which ones are like it.
pub fn unknown(id: &str, words: &Words) -> Wrong {
    let similar = similar(&id.to_ascii_lowercase());
    let mut sentence = words.with("explain-unknown", &[("id", id)]);
    if !similar.is_empty() {
        sentence += &format!(" {}", words.with("explain-similar", &[("list", &similar.join(", "))]));
    }
    Wrong(format!("{sentence} {}", words.text("explain-hint")))
}

/// At most this many causes are offered.
const OFFERED: usize = 6;

/// Causes that may be meant: those with a typing error or two, else those that share a word.
fn similar(id: &str) -> Vec<&'static str> {
    let all = || CauseId::ALL.iter().map(|cause| cause.id());
    let mistyped: Vec<_> = all().filter(|known| distance(known, id) <= 2).collect();
    if !mistyped.is_empty() {
        return mistyped;
    }
    let words: Vec<_> = id.split(['.', '_', '-', ' ']).filter(|word| word.len() >= 3).collect();
    all().filter(|known| words.iter().any(|word| known.contains(word))).take(OFFERED).collect()
}

/// Letters to insert, remove or replace to make one text of the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, right) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.chars().count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("kitten", "sitting", 3)] {
            assert_eq!((distance(a, b), distance(b, a)), (expected, expected), "{a} {b}");
        }
    }

    #[test]
    fn typing_errors_come_before_words_in_common() {
        assert_eq!(similar("firewall.droped"), ["firewall.dropped"]);
        assert!(similar("dropped").contains(&"firewall.dropped"));
        assert!(similar("proxy").iter().all(|id| id.contains("proxy")));
        assert!(similar("nonsense").is_empty() && similar("").is_empty());
    }
}
