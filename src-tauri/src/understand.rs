//! What the person said in the first step, understood: pure, and shown before anything is contacted.

use netmend_diagnose::{symptom, target};
use netmend_model::{Profile, Symptom, SymptomKind, Target};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Problem};

/// Pasted messages are cut here, in bytes; what matters stands in the first lines.
const LONGEST: usize = 64 * 1024;

/// What the person said.
#[derive(Debug, Default, Deserialize)]
pub struct Question {
    /// A name, an address, a URL or a pasted message; empty asks whether this computer is online.
    pub text: String,
    /// The person's corrections; `None` where they let stand what was understood.
    pub kind: Option<SymptomKind>,
    /// As above.
    pub host: Option<String>,
    /// As above.
    pub port: Option<u16>,
    /// Whether a port alone means this computer.
    pub local: bool,
    /// Whether the profile's references may be contacted.
    pub external: bool,
}

/// What was understood.
#[derive(Debug, Serialize)]
pub struct Understanding {
    /// What a pasted message says.
    pub symptom: Option<Symptom>,
    /// What is to be reached.
    pub target: Option<Target>,
    /// What may be contacted besides the target and what this computer is set up to use.
    pub contacts: Vec<String>,
    /// Why the words cannot be used as they are.
    pub problem: Option<Problem>,
}

/// Understands what the person said.
pub fn understand(question: &Question, profile: Profile) -> Understanding {
    let (symptom, target) = match words(question) {
        Ok((symptom, target)) => (symptom, correct_target(question, target)),
        Err(error) => (None, Err(error)),
    };
    let symptom = correct_symptom(question, symptom);
    let (target, problem) = match target {
        Ok(target) => (target, None),
        Err(error) => (None, Some(error.problem())),
    };
    let mut ask = netmend_engine::Ask { target, symptom, profile, ..Default::default() };
    ask.settings.external = question.external;
    let contacts = netmend_engine::contacts(&ask);
    Understanding { symptom: ask.symptom, target: ask.target, contacts, problem }
}

/// What the text says by itself. One word is a target where it can be one; anything longer is a message.
fn words(question: &Question) -> Result<(Option<Symptom>, Option<Target>), Error> {
    let text = cut(question.text.trim());
    if text.is_empty() {
        return Ok((None, None));
    }
    if question.local && text.parse::<u16>().is_ok() {
        return Ok((None, Some(target::parse(&format!("localhost:{text}"))?)));
    }
    let message = symptom::parse(text);
    let says_nothing = message.kind == SymptomKind::UnknownNotNetwork && message.host.is_none() && message.ip.is_none();
    if text.contains(char::is_whitespace) {
        let target = target::target_of(&message);
        return Ok((Some(message), target));
    }
    match target::parse(text) {
        Ok(target) => Ok((None, Some(target))),
        Err(error) if says_nothing => Err(error.into()),
        Err(_) => {
            let target = target::target_of(&message);
            Ok((Some(message), target))
        }
    }
}

/// The target with the person's corrections, which count as if they had been typed.
fn correct_target(question: &Question, target: Option<Target>) -> Result<Option<Target>, Error> {
    if question.host.is_none() && question.port.is_none() {
        return Ok(target);
    }
    let Some(host) = question.host.clone().or_else(|| target.as_ref().map(|target| target.host.clone())) else {
        return Ok(None);
    };
    let named = target::parse(&host)?;
    let port = question.port.or(named.port).or_else(|| target.as_ref().and_then(|target| target.port));
    let whole = match port {
        Some(port) if named.host.contains(':') => format!("[{}]:{port}", named.host),
        Some(port) => format!("{}:{port}", named.host),
        None => named.host.clone(),
    };
    Ok(Some(match target {
        Some(target) if target.host == named.host => Target { port, ..target },
        _ => target::parse(&whole)?,
    }))
}

fn correct_symptom(question: &Question, symptom: Option<Symptom>) -> Option<Symptom> {
    match (question.kind, symptom) {
        (None, symptom) => symptom,
        (Some(kind), Some(symptom)) => Some(Symptom { kind, alternatives: Vec::new(), ..symptom }),
        (Some(kind), None) => Some(Symptom {
            kind,
            alternatives: Vec::new(),
            host: None,
            ip: None,
            port: None,
            runtime: None,
            proxied: None,
            resolver: None,
            local: None,
            error_code: None,
        }),
    }
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(question: &Question) -> Understanding {
        understand(question, Profile::default())
    }

    fn said(text: &str) -> Understanding {
        ask(&Question { text: text.to_owned(), external: true, ..Question::default() })
    }

    #[test]
    fn a_pasted_message_gives_kind_host_address_and_port() {
        let understood =
            said("java.net.ConnectException: Connection timed out: getsockopt: api.example.test/203.0.113.10:8443");
        let target = understood.target.unwrap();
        assert_eq!(understood.symptom.unwrap().kind, SymptomKind::ConnectTimeout);
        assert_eq!((target.host.as_str(), target.port), ("api.example.test", Some(8443)));
        assert_eq!(target.address, Some("203.0.113.10".parse().unwrap()));
        assert!(understood.problem.is_none());
    }

    #[test]
    fn one_word_is_a_target() {
        let understood = said("  https://www.example.test/path ");
        assert_eq!(understood.target.unwrap().host, "www.example.test");
        assert_eq!(understood.symptom, None);
    }

    #[test]
    fn words_that_are_no_target_say_what_is_wrong() {
        assert_eq!(said("http://").problem.unwrap().code, "target_no_host");
        assert_eq!(said("example.test:70000").problem.unwrap().code, "target_port_range");
    }

    #[test]
    fn nothing_said_asks_whether_this_computer_is_online() {
        let understood = said(" ");
        assert!(understood.target.is_none() && understood.symptom.is_none() && understood.problem.is_none());
        assert!(!understood.contacts.is_empty());
    }

    #[test]
    fn nothing_but_the_target_is_contacted_when_comparisons_are_off() {
        let question = Question { text: "www.example.test".to_owned(), ..Question::default() };
        assert!(ask(&question).contacts.is_empty());
    }

    #[test]
    fn a_port_alone_is_this_computer_where_the_own_server_is_meant() {
        let question = Question { text: "8080".to_owned(), local: true, ..Question::default() };
        let target = ask(&question).target.unwrap();
        assert_eq!((target.host.as_str(), target.port), ("localhost", Some(8080)));
    }

    #[test]
    fn corrections_count_as_if_they_had_been_typed() {
        let question = Question {
            text: "Connection timed out: api.example.test:8443".to_owned(),
            kind: Some(SymptomKind::ReadTimeout),
            host: Some("other.example.test".to_owned()),
            port: Some(9443),
            ..Question::default()
        };
        let understood = ask(&question);
        let target = understood.target.unwrap();
        assert_eq!((target.host.as_str(), target.port), ("other.example.test", Some(9443)));
        assert_eq!(understood.symptom.unwrap().kind, SymptomKind::ReadTimeout);
    }

    #[test]
    fn a_corrected_port_keeps_the_rest() {
        let question =
            Question { text: "https://www.example.test/path".to_owned(), port: Some(8443), ..Question::default() };
        let target = ask(&question).target.unwrap();
        assert_eq!((target.path.as_str(), target.port), ("/path", Some(8443)));
    }

    #[test]
    fn a_corrected_ipv6_address_takes_a_port() {
        let question = Question { host: Some("2001:db8::1".to_owned()), port: Some(443), ..Question::default() };
        let target = ask(&question).target.unwrap();
        assert_eq!((target.host.as_str(), target.port), ("2001:db8::1", Some(443)));
    }

    #[test]
    fn very_long_messages_are_cut_between_characters() {
        assert!(cut(&"ä".repeat(LONGEST)).len() <= LONGEST);
        assert!(said(&format!("Connection refused {}", "ä ".repeat(LONGEST))).symptom.is_some());
    }
}
