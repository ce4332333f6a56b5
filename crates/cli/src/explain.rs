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
    let mut text = format!("{cause}\n{}\n\n", words.cause(cause, &Params::new()));
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
    let part = id.rsplit('.').next().unwrap_or(id).to_ascii_lowercase();
    let similar: Vec<&str> = CauseId::ALL
        .iter()
        .map(|cause| cause.id())
        .filter(|known| {
            !part.is_empty()
                && (known.contains(&part) || part.split('_').any(|word| word.len() > 3 && known.contains(word)))
        })
        .take(6)
        .collect();
    let mut sentence = words.with("explain-unknown", &[("id", id)]);
    if !similar.is_empty() {
        sentence += &format!(" {}", words.with("explain-similar", &[("list", &similar.join(", "))]));
    }
    Wrong(format!("{sentence} {}", words.text("explain-hint")))
}
