//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use netmend_model::{Protocol, Redaction};

/// Finds out why something on the network does not work, says who can repair it and how, and proves it.
#[derive(Debug, Parser)]
#[command(name = "netmend", version, propagate_version = true)]
pub struct Arguments {
    /// What to do; without a command the window opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole troubleshooting run: measures, finds the cause, says what to do
    Diagnose(DiagnoseArguments),
}

/// Options of `diagnose`.
#[derive(Debug, Args)]
pub struct DiagnoseArguments {
    /// Host, host:port, [v6]:port or URL; without it: is this computer online, and if not, why
    #[arg(value_name = "TARGET")]
    pub target: Option<String>,
    /// A pasted error message; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub symptom: Option<String>,
    /// Time-out of the program that failed, such as 500ms or 5s
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub client_timeout: Option<Duration>,
    /// What should answer (default: by scheme, then by port)
    #[arg(long, value_name = "PROTOCOL", value_parser = protocol)]
    pub expect: Option<Protocol>,
    /// An organisation's settings (TOML)
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// The whole run ends by then with what it has
    #[arg(long, value_name = "DURATION", default_value = "20s", value_parser = duration)]
    pub budget: Duration,
    /// Contacts nothing but the target and what this computer is configured to use
    #[arg(long)]
    pub no_external: bool,
    /// IPv4 only
    #[arg(short = '4', conflicts_with = "ipv6")]
    pub ipv4: bool,
    /// IPv6 only
    #[arg(short = '6')]
    pub ipv6: bool,
    /// The report as JSON on standard output
    #[arg(long, conflicts_with = "ndjson")]
    pub json: bool,
    /// Events as they happen, one JSON object a line, on standard output
    #[arg(long)]
    pub ndjson: bool,
    /// Saves the report: .json, .html or .md by its ending
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What is removed from saved files and --json
    #[arg(long, value_name = "LEVEL")]
    pub redact: Option<RedactionLevel>,
}

/// What is removed from a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RedactionLevel {
    /// Nothing
    None,
    /// What identifies a person or opens a door
    Standard,
    /// Host names and private addresses as well, replaced by stable pseudonyms
    Strict,
}

impl From<RedactionLevel> for Redaction {
    fn from(level: RedactionLevel) -> Self {
        match level {
            RedactionLevel::None => Self::None,
            RedactionLevel::Standard => Self::Standard,
            RedactionLevel::Strict => Self::Strict,
        }
    }
}

/// `500ms`, `5s`, `1.5s`, `2m`; a bare number is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match &text[digits.len()..] {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        _ => return Err("give a duration such as 500ms, 5s or 2m".into()),
    };
    let value: f64 = digits.parse().map_err(|_| "give a duration such as 500ms, 5s or 2m".to_owned())?;
    let seconds = value * scale;
    if !(0.001..=86_400.0).contains(&seconds) {
        return Err("give a duration between 1ms and 24 hours".into());
    }
    Ok(Duration::from_secs_f64(seconds))
}

fn protocol(text: &str) -> Result<Protocol, String> {
    serde_json::from_value(serde_json::Value::String(text.to_ascii_lowercase())).map_err(|_| {
        "one of tcp, tls, http, https, ssh, postgres, mysql, redis, smtp, imap, pop3, ftp, ldap, amqp, mongodb".into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("500ms").unwrap(), Duration::from_millis(500));
        assert_eq!(duration("1.5s").unwrap(), Duration::from_millis(1500));
        assert_eq!(duration("2m").unwrap(), Duration::from_secs(120));
        for wrong in ["", "s", "-1s", "5x", "0s", "nan", "inf", "1e9s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
