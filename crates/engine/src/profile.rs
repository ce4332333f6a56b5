//! Finding and reading an organisation's settings.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use netmend_diagnose::target;
use netmend_model::Profile;
use thiserror::Error;

/// The variable that names a settings file.
pub const VARIABLE: &str = "NETMEND_PROFILE";
/// No sensible settings file is larger, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Why settings could not be read. Each says what happened and what to do.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// The file named does not exist or cannot be read.
    #[error("The profile {} cannot be read: {source}. Check the path and that you may read the file.", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// The file is larger than any settings file.
    #[error("The profile {} is larger than 1 MiB. This cannot be a Netmend profile; check the path.", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It is no TOML, or has a field that is not known or of the wrong type.
    #[error("The profile {}, line {line}: {message}. Correct this line and try again.", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
}

/// Reads the settings: the file given, else the one that `$NETMEND_PROFILE` names, else the first that exists among the person's
/// and the system's; built-in defaults where there is none.
pub fn load(explicit: Option<&Path>) -> Result<Profile, ProfileError> {
    let named = explicit
        .map(Path::to_path_buf)
        .or_else(|| std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from));
    match named {
        Some(path) => read(&path),
        None => first_existing(&netmend_sys::paths::profiles()),
    }
}

fn first_existing(paths: &[PathBuf]) -> Result<Profile, ProfileError> {
    for path in paths {
        match read(path) {
            Err(ProfileError::Unreadable { source, .. }) if source.kind() == ErrorKind::NotFound => {}
            result => return result,
        }
    }
    Ok(Profile::default())
}

fn read(path: &Path) -> Result<Profile, ProfileError> {
    let unreadable = |source| ProfileError::Unreadable { path: path.to_path_buf(), source };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > LARGEST {
        return Err(ProfileError::TooLarge { path: path.to_path_buf() });
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    parse(&text).map_err(|(line, message)| ProfileError::Invalid { path: path.to_path_buf(), line, message })
}

/// Reads and checks a settings text; the error is the line, from 1, and what is wrong with it.
pub fn parse(text: &str) -> Result<Profile, (usize, String)> {
    let profile: Profile = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        (line, error.message().trim_end_matches('.').replace('\n', "; "))
    })?;
    check(&profile).map_err(|(value, message)| (text.find(&value).map_or(1, |at| line_of(text, at)), message))?;
    Ok(profile)
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The first value that cannot be used, and why.
fn check(profile: &Profile) -> Result<(), (String, String)> {
    for resolver in &profile.reference.resolvers {
        let address = resolver.trim().trim_matches(['[', ']']);
        let fits = address.parse::<std::net::IpAddr>().is_ok() || resolver.parse::<std::net::SocketAddr>().is_ok();
        if !fits {
            return Err((
                resolver.clone(),
                format!("\"{resolver}\" is no address of a DNS server, such as 192.0.2.53"),
            ));
        }
    }
    for url in &profile.reference.connectivity {
        let plain = url.starts_with("http://") && target::parse(url).is_ok();
        if !plain {
            return Err((url.clone(), format!("\"{url}\" is no plain http:// URL, as a connectivity check needs")));
        }
    }
    for service in &profile.services {
        target::parse(&service.target)
            .map_err(|error| (service.target.clone(), format!("\"{}\" cannot be a target: {error}", service.target)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_example_reads() {
        let text = r#"
name = "Example Corp"
[reference]
resolvers = ["192.0.2.53"]
connectivity = ["http://check.example.test/generate_204"]
ntp = []
[[service]]
name = "Payroll"
target = "https://payroll.corp.example"
internal = true
expect = "https"
[support]
contact = "help@corp.example"
"#;
        let profile = parse(text).unwrap();
        assert_eq!(profile.services[0].name, "Payroll");
        assert!(profile.services[0].internal);
        assert_eq!(profile.reference.resolvers, ["192.0.2.53"]);
    }

    #[test]
    fn absent_lists_are_the_defaults_and_empty_ones_switch_off() {
        assert!(!parse("").unwrap().reference.resolvers.is_empty());
        assert!(parse("[reference]\nresolvers = []\nconnectivity = []").unwrap().reference.resolvers.is_empty());
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, line) in [
            ("name = \"x\"\nresolver = 1\n", 2),
            ("name = \"x\"\n\n[reference]\nresolvers = [\"192.0.2.53\", \"nonsense\"]\n", 4),
            ("name = \n", 1),
            ("[[service]]\nname = \"a\"\ntarget = \"http://\"\n", 3),
            ("[reference]\nconnectivity = [\"https://check.example\"]\n", 2),
        ] {
            let (found, message) = parse(text).unwrap_err();
            assert_eq!(found, line, "{text:?}: {message}");
        }
    }

    #[test]
    fn a_missing_file_says_so() {
        let error = load(Some(Path::new("/no/such/profile.toml"))).unwrap_err();
        assert!(error.to_string().contains("/no/such/profile.toml"));
    }
}
