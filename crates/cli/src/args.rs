//! The command line.

mod help;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use netmend_model::{Protocol, Redaction, TraceMethod};

/// Finds out why something on the network does not work, says who can repair it and how, and proves it.
#[derive(Debug, Parser)]
#[command(name = "netmend", version, propagate_version = true, after_help = help::PROGRAM)]
pub struct Arguments {
    /// What to do; without a command the window opens
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole troubleshooting run: measures, finds the cause, says what to do
    #[command(after_help = help::DIAGNOSE)]
    Diagnose(DiagnoseArguments),
    /// What a cause means and how it is repaired; without an id, lists all
    #[command(after_help = help::EXPLAIN)]
    Explain {
        /// A cause, such as firewall.dropped
        #[arg(value_name = "CAUSE")]
        cause: Option<String>,
    },
    /// The repair of a cause that a saved report names
    #[command(after_help = help::FIX)]
    Fix {
        /// The cause, such as dns.hosts_override
        #[arg(value_name = "CAUSE")]
        cause: String,
        /// The report, as JSON
        #[arg(long, value_name = "FILE")]
        report: PathBuf,
    },
    /// What a pasted message says; `-` reads standard input
    #[command(after_help = help::SYMPTOM)]
    Symptom {
        /// The message
        #[arg(value_name = "TEXT", allow_hyphen_values = true)]
        text: String,
        /// As JSON on standard output
        #[arg(long)]
        json: bool,
    },
    /// Works on saved reports
    #[command(after_help = help::REPORT)]
    Report {
        /// What to do with them
        #[command(subcommand)]
        command: ReportCommand,
    },
    /// One diagnostic alone
    #[command(flatten)]
    Single(Single),
    /// Prints the completions of a shell
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Writes the manual pages into a folder
    #[command(after_help = help::MAN)]
    Man {
        /// The folder
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

/// Work on saved reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Shows a report
    #[command(after_help = help::REPORT_SHOW)]
    Show {
        /// The report, as JSON
        file: PathBuf,
        /// Judges the evidence again with this version
        #[arg(long)]
        rediagnose: bool,
        /// The report as JSON on standard output
        #[arg(long)]
        json: bool,
        /// Every step and every measurement
        #[arg(long)]
        details: bool,
    },
    /// Writes a redacted copy to standard output or --output
    #[command(after_help = help::REPORT_REDACT)]
    Redact {
        /// The report, as JSON
        file: PathBuf,
        /// How much is removed
        #[arg(long, value_name = "LEVEL", default_value = "standard")]
        level: RedactionLevel,
        /// Where the copy goes: .json, .html or .md by its ending
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Checks that reports are well formed and that their evidence gives their diagnoses
    #[command(after_help = help::REPORT_VERIFY)]
    Verify {
        /// The reports, as JSON
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Prints the JSON schema of reports
    #[command(after_help = help::REPORT_SCHEMA)]
    Schema,
}

/// One diagnostic alone.
#[derive(Debug, Subcommand)]
pub enum Single {
    /// Echo requests to a host
    #[command(after_help = help::PING)]
    Ping {
        /// How many requests
        #[arg(short, long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
        count: u32,
        /// Where to
        #[command(flatten)]
        to: SingleTarget,
    },
    /// The hops on the way to a host's port
    #[command(after_help = help::TRACE)]
    Trace {
        /// The packets to use
        #[arg(long, value_enum, default_value_t = Method::Tcp)]
        method: Method,
        /// Where to
        #[command(flatten)]
        to: SingleTarget,
    },
    /// A TCP connection, with everything that the system knows of it
    #[command(after_help = help::CONNECT)]
    Connect(SingleTarget),
    /// A name at every configured resolver, and as the system resolves it
    #[command(after_help = help::DNS)]
    Dns {
        /// Ask this server instead of the configured ones
        #[arg(long, value_name = "ADDRESS")]
        server: Option<String>,
        /// Where to
        #[command(flatten)]
        to: SingleTarget,
    },
    /// A TLS handshake and the certificates
    #[command(after_help = help::TLS)]
    Tls(SingleTarget),
    /// One HTTP request, each phase timed
    #[command(after_help = help::HTTP)]
    Http(SingleTarget),
    /// The proxy settings; with a target, whether it is reached through them
    #[command(after_help = help::PROXY)]
    Proxy {
        /// Host, host:port or URL
        target: Option<String>,
        /// How to print and how long to wait
        #[command(flatten)]
        how: SingleOptions,
    },
    /// The firewall rules of this computer, as far as the rights allow
    #[command(after_help = help::FIREWALL)]
    Firewall(SingleOptions),
    /// Listening sockets, their owners and queues
    #[command(after_help = help::LISTENERS)]
    Listeners(SingleOptions),
    /// Interfaces and addresses
    #[command(after_help = help::INTERFACES)]
    Interfaces(SingleOptions),
    /// Routes; with a target, the route to it
    #[command(after_help = help::ROUTES)]
    Routes {
        /// Host, host:port or URL
        target: Option<String>,
        /// How to print and how long to wait
        #[command(flatten)]
        how: SingleOptions,
    },
}

/// Where a single diagnostic goes.
#[derive(Debug, Args)]
pub struct SingleTarget {
    /// Host, host:port, [v6]:port or URL
    #[arg(value_name = "TARGET")]
    pub target: String,
    /// IPv4 only
    #[arg(short = '4', conflicts_with = "ipv6")]
    pub ipv4: bool,
    /// IPv6 only
    #[arg(short = '6')]
    pub ipv6: bool,
    /// How to print and how long to wait
    #[command(flatten)]
    pub how: SingleOptions,
}

/// How a single diagnostic prints and how long it may take.
#[derive(Debug, Clone, Copy, Args)]
pub struct SingleOptions {
    /// The measurements as JSON on standard output
    #[arg(long)]
    pub json: bool,
    /// Ends by then with what it has
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = duration)]
    pub budget: Duration,
}

/// Packets of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// TCP connections to the very port
    Tcp,
    /// Datagrams
    Udp,
    /// Echo requests
    Icmp,
}

impl From<Method> for TraceMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::Tcp => Self::Tcp,
            Method::Udp => Self::Udp,
            Method::Icmp => Self::Icmp,
        }
    }
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
    /// What should answer: tcp, tls, http, https, ssh, postgres, mysql, redis, smtp, imap, pop3, ftp, ldap, amqp or mongodb
    /// (default: by scheme, then by port)
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
    /// Every step of every repair, and every measurement
    #[arg(long)]
    pub details: bool,
    /// What is removed from saved files and --json (default: standard)
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
        assert_eq!(duration("2m").unwrap(), Duration::from_mins(2));
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
