//! Examples below the help texts. A test runs every one of them through the command line's definition.

pub const PROGRAM: &str = "Examples:
  netmend                                         opens the window
  netmend diagnose                                is this computer online, and if not, why
  netmend diagnose https://api.example.com:8443   what is wrong on the way there
  netmend diagnose --symptom 'connect ETIMEDOUT 203.0.113.10:5432'
  netmend explain firewall.dropped

Without a target, and in comparisons, public endpoints are contacted; --no-external
of diagnose switches that off, a profile names others.";

pub const DIAGNOSE: &str = "Examples:
  netmend diagnose                          is this computer online, and if not, why
  netmend diagnose example.com              as a browser would: 443, then 80
  netmend diagnose db.example.com:5432 --expect postgres
  netmend diagnose --symptom 'connect ETIMEDOUT 203.0.113.10:5432'
  netmend diagnose --symptom - < error.txt
  netmend diagnose https://api.example.com --client-timeout 500ms
  netmend diagnose example.com --output report.html
  netmend diagnose example.com --json > report.json

Exit status: 0 healthy, 1 a cause was found, 2 the call was wrong,
3 no verdict (nothing conclusive, or out of time), 130 interrupted.";

pub const EXPLAIN: &str = "Examples:
  netmend explain
  netmend explain firewall.dropped";

pub const FIX: &str = "Examples:
  netmend diagnose example.com --output report.json
  netmend fix dns.hosts_override --report report.json

Nothing is changed: the steps are shown, and the message for whoever has to act.";

pub const SYMPTOM: &str = "Examples:
  netmend symptom 'curl: (7) Failed to connect to example.com port 443: Connection refused'
  netmend symptom --json - < error.txt

Nothing is contacted.";

pub const REPORT: &str = "Examples:
  netmend report show report.json
  netmend report redact report.json --level strict --output for-others.json
  netmend report verify report.json";

pub const REPORT_SHOW: &str = "Examples:
  netmend report show report.json --details
  netmend report show --rediagnose report.json --json";

pub const REPORT_REDACT: &str = "Examples:
  netmend report redact report.json > redacted.json
  netmend report redact report.json --level strict --output for-others.html";

pub const REPORT_VERIFY: &str = "Examples:
  netmend report verify report.json other.json

Exit status: 0 all are well formed and judged the same, 1 one is judged differently
by this version, 2 one cannot be read.";

pub const REPORT_SCHEMA: &str = "Examples:
  netmend report schema > report.schema.json";

pub const PING: &str = "Examples:
  netmend ping example.com
  netmend ping -6 -c 20 example.com

Exit status: 0 it was measured, 2 the call was wrong, 3 nothing could be measured,
130 interrupted.";

pub const TRACE: &str = "Examples:
  netmend trace example.com:8443
  netmend trace --method icmp example.com

ICMP needs administrator rights on some systems; TCP and UDP do not.";

pub const CONNECT: &str = "Examples:
  netmend connect example.com:5432
  netmend connect -4 example.com --budget 3s";

pub const DNS: &str = "Examples:
  netmend dns example.com
  netmend dns -6 --server 192.0.2.53 example.com";

pub const TLS: &str = "Examples:
  netmend tls example.com
  netmend tls mail.example.com:993";

pub const HTTP: &str = "Examples:
  netmend http https://example.com/health
  netmend http -4 example.com:80";

pub const PROXY: &str = "Examples:
  netmend proxy
  netmend proxy https://example.com";

pub const FIREWALL: &str = "Examples:
  netmend firewall
  sudo netmend firewall

Most systems show their rules to administrators only.";

pub const LISTENERS: &str = "Examples:
  netmend listeners
  sudo netmend listeners --json";

pub const INTERFACES: &str = "Examples:
  netmend interfaces
  netmend interfaces --json";

pub const ROUTES: &str = "Examples:
  netmend routes
  netmend routes example.com";

pub const COMPLETIONS: &str = "Examples:
  netmend completions bash > ~/.local/share/bash-completion/completions/netmend
  netmend completions fish > ~/.config/fish/completions/netmend.fish
  netmend completions zsh > ~/.zfunc/_netmend";

pub const MAN: &str = "Examples:
  netmend man ~/.local/share/man/man1";

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use crate::args::Arguments;

    /// Every command with its help's end, from the definition itself.
    fn ends(command: &clap::Command, into: &mut Vec<(String, String)>) {
        let end = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        into.push((command.get_name().to_owned(), end));
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            ends(below, into);
        }
    }

    /// A line as the shell splits it; redirections and what follows two spaces is not part of the call.
    fn words(line: &str) -> Vec<String> {
        let call = line.trim_start().trim_start_matches("sudo ").split("  ").next().unwrap();
        let call = call.split(" > ").flat_map(|part| part.split(" < "));
        let mut words = Vec::new();
        for (index, part) in call.take(1).flat_map(|call| call.split('\'').enumerate()) {
            if index % 2 == 1 {
                words.push(part.to_owned());
            } else {
                words.extend(part.split_whitespace().map(str::to_owned));
            }
        }
        words
    }

    #[test]
    fn every_command_has_examples_and_every_example_is_a_call() {
        let mut all = Vec::new();
        ends(&Arguments::command(), &mut all);
        for (name, end) in all {
            let examples: Vec<_> = end
                .lines()
                .filter(|line| line.starts_with("  netmend") || line.starts_with("  sudo netmend"))
                .collect();
            assert!(!examples.is_empty(), "{name} has no example");
            for example in examples {
                let call = words(example);
                Arguments::try_parse_from(&call).unwrap_or_else(|error| panic!("{example}: {error}"));
                assert!(example.chars().count() <= 100, "{example}");
            }
        }
    }
}
