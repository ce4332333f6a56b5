//! Which ways to sign in a proxy offers (RFC 9110, 11.7.1).

/// The schemes of all Proxy-Authenticate fields, each once, in order.
pub(super) fn schemes(headers: &[(String, String)]) -> Vec<String> {
    let fields = headers.iter().filter(|(name, _)| name == "proxy-authenticate");
    let mut found = Vec::new();
    for scheme in fields.flat_map(|(_, value)| pieces(value)).filter_map(scheme) {
        if !found.contains(&scheme) {
            found.push(scheme);
        }
    }
    found
}

/// The parts between commas that stand outside quoted strings: challenges and their parameters look alike here.
fn pieces(value: &str) -> Vec<&str> {
    let mut quoted = false;
    let mut escaped = false;
    let outside = |c: char| {
        let inside = quoted;
        quoted ^= c == '"' && !escaped;
        escaped = inside && c == '\\' && !escaped;
        c == ',' && !inside
    };
    value.split(outside).map(str::trim).collect()
}

/// The scheme where a piece begins a challenge: a token that no `=` follows.
fn scheme(piece: &str) -> Option<String> {
    let end = piece.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(piece.len());
    let (token, rest) = piece.split_at(end);
    let valid = !token.is_empty() && token.len() <= 32 && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (valid && !rest.trim_start().starts_with('=')).then(|| token.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(values: &[&str]) -> Vec<String> {
        let fields: Vec<_> =
            values.iter().map(|value| ("proxy-authenticate".to_owned(), (*value).to_owned())).collect();
        schemes(&fields)
    }

    #[test]
    fn fields_and_lists_are_read() {
        assert_eq!(of(&["Negotiate", "NTLM", "Basic realm=\"Proxy\""]), ["Negotiate", "NTLM", "Basic"]);
        assert_eq!(
            of(&["Digest realm=\"a, Basic b\", nonce=\"x\\\", NTLM\", qop = auth, Basic realm=x"]),
            ["Digest", "Basic"]
        );
        assert_eq!(of(&["NTLM TlRMTVNTUAAC==", "NTLM"]), ["NTLM"]);
        assert!(of(&["", "=x", "<script>"]).is_empty());
        assert!(schemes(&[("www-authenticate".into(), "Basic".into())]).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(value in ".{0,200}") {
            let _ = of(&[&value]);
        }
    }
}
