//! Proxies, configured in the environment.

use anyhow::ensure;

use crate::case::Case;
use crate::lab::{Lab, NAME, PROXY, PROXY_PORT};
use crate::proof;
use crate::runner::Unsupported;
use crate::servers::http::{Reply, site};
use crate::servers::proxy::Policy;
use crate::servers::tcp::Behaviour;
use crate::topology::Node;

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        unreachable_refused(""),
        unreachable_silent(),
        unreachable_but_direct_works(),
        auth_required("", "Basic realm=\"proxy\""),
        auth_required("negotiate", "Negotiate"),
        denied("", 403),
        denied("policy", 451),
        required(""),
        required_by_desktop("kde", configure_kde),
        required_by_desktop("gnome", configure_gnome),
        pac_unavailable("", "http://pac.example.test/proxy.pac"),
        pac_unavailable("not_found", "http://198.51.100.98/proxy.pac"),
        name_unresolved(),
        upstream_failed("", 502),
        upstream_failed("gateway_timeout", 504),
        bypass_missing(),
    ]
}

/// The proxy is the only way out to a target that works.
fn behind_proxy(lab: &mut Lab) -> anyhow::Result<()> {
    lab.https(Reply::status(200))?;
    lab.block_direct()
}

fn direct_is_blocked(lab: &Lab) -> anyhow::Result<()> {
    proof::expect_silent(lab, "203.0.113.10:443")?;
    proof::expect_silent(lab, "[2001:db8:5::10]:443")?;
    proof::expect_hits(lab, Node::R2)
}

/// The first line of the proxy's answer to CONNECT for `host`.
fn connect_answer(lab: &Lab, host: &str) -> anyhow::Result<String> {
    let request = format!("CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n");
    let answer = proof::exchange(lab, &format!("{PROXY}:{PROXY_PORT}"), &request, proof::PATIENCE)?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

fn expect_answer(lab: &Lab, host: &str, status: u16) -> anyhow::Result<()> {
    let line = connect_answer(lab, host)?;
    ensure!(line.split_whitespace().nth(1) == Some(&status.to_string()), "the proxy answers {line:?}");
    Ok(())
}

fn unreachable_refused(variant: &str) -> Case {
    Case::cause("proxy.unreachable", variant)
        .build(|lab| {
            behind_proxy(lab)?;
            lab.configure_proxy(&format!("http://{PROXY}:{PROXY_PORT}"));
            Ok(())
        })
        .proof(|lab| {
            proof::expect_refused(lab, &format!("{PROXY}:{PROXY_PORT}"))?;
            direct_is_blocked(lab)
        })
}

fn unreachable_silent() -> Case {
    Case::cause("proxy.unreachable", "silent")
        .build(|lab| {
            behind_proxy(lab)?;
            lab.filter(Node::Proxy, "input", "tcp dport 3128 counter name hits drop")?;
            lab.configure_proxy(&format!("http://{PROXY}:{PROXY_PORT}"));
            Ok(())
        })
        .proof(|lab| {
            proof::expect_silent(lab, &format!("{PROXY}:{PROXY_PORT}"))?;
            proof::expect_hits(lab, Node::Proxy)?;
            direct_is_blocked(lab)
        })
}

/// Left over from another network: the proxy is gone, nothing needs it.
fn unreachable_but_direct_works() -> Case {
    Case::cause("proxy.unreachable", "not_needed")
        .build(|lab| {
            lab.https(Reply::status(200))?;
            lab.configure_proxy(&format!("http://{PROXY}:{PROXY_PORT}"));
            Ok(())
        })
        .proof(|lab| {
            proof::expect_refused(lab, &format!("{PROXY}:{PROXY_PORT}"))?;
            proof::tls(lab, "203.0.113.10:443", NAME).map(drop)
        })
}

fn auth_required(variant: &str, scheme: &'static str) -> Case {
    Case::cause("proxy.auth_required", variant)
        .build(move |lab| {
            behind_proxy(lab)?;
            let reply = Reply::status(407).with("Proxy-Authenticate", scheme);
            let others = Box::new(Policy::Silent);
            lab.proxy(Policy::Refuse { host: "", reply, others })
        })
        .proof(|lab| {
            expect_answer(lab, NAME, 407)?;
            direct_is_blocked(lab)
        })
}

fn denied(variant: &str, status: u16) -> Case {
    Case::cause("proxy.denied", variant)
        .build(move |lab| {
            behind_proxy(lab)?;
            let reply = Reply::status(status).with("Via", "1.1 lab-proxy");
            let others = Box::new(lab.carrying());
            lab.proxy(Policy::Refuse { host: NAME, reply, others })
        })
        .proof(move |lab| {
            expect_answer(lab, NAME, status)?;
            let other = "GET http://check.example.test/generate_204 HTTP/1.1\r\nHost: check.example.test\r\n\r\n";
            let answer = proof::exchange(lab, &format!("{PROXY}:{PROXY_PORT}"), other, proof::PATIENCE)?;
            ensure!(answer.starts_with("HTTP/1.1 204"), "the proxy does not carry others: {answer:?}");
            direct_is_blocked(lab)
        })
}

fn name_unresolved() -> Case {
    const GONE: &str = "proxy-gone.example.test";
    Case::cause("proxy.name_unresolved", "")
        .build(|lab| {
            behind_proxy(lab)?;
            lab.configure_proxy(&format!("http://{GONE}:{PROXY_PORT}"));
            Ok(())
        })
        .proof(|lab| {
            ensure!(proof::addresses(lab, crate::lab::RESOLVER, GONE)?.is_empty(), "the proxy's name resolves");
            direct_is_blocked(lab)
        })
}

/// The proxy cannot reach this target; it reaches others.
fn refuses_upstream(lab: &mut Lab, status: u16) -> anyhow::Result<()> {
    let reply = Reply::status(status).with("Via", "1.1 lab-proxy");
    let others = Box::new(lab.carrying());
    lab.proxy(Policy::Refuse { host: NAME, reply, others })
}

fn upstream_failed(variant: &str, status: u16) -> Case {
    Case::cause("proxy.upstream_failed", variant)
        .build(move |lab| {
            behind_proxy(lab)?;
            refuses_upstream(lab, status)
        })
        .proof(move |lab| {
            expect_answer(lab, NAME, status)?;
            direct_is_blocked(lab)
        })
}

/// An internal target, sent through the proxy for the outside.
fn bypass_missing() -> Case {
    Case::cause("proxy.bypass_missing", "")
        .build(|lab| {
            lab.https(Reply::status(200))?;
            let service = format!("[[service]]\nname = \"Api\"\ntarget = \"https://{NAME}\"\ninternal = true\n");
            lab.client.profile.push_str(&service);
            refuses_upstream(lab, 502)
        })
        .proof(|lab| {
            expect_answer(lab, NAME, 502)?;
            proof::tls(lab, "203.0.113.10:443", NAME).map(drop)
        })
}

/// The desktop knows the proxy; the program, like many, reads no such settings.
fn required_by_desktop(variant: &str, configure: fn(&mut Lab)) -> Case {
    let case = required(variant);
    case.build(move |lab| {
        behind_proxy(lab)?;
        let policy = lab.carrying();
        lab.serve(Node::Proxy, &format!("{PROXY}:{PROXY_PORT}"), Behaviour::Proxy(policy))?;
        configure(lab);
        Ok(())
    })
    .proof(move |lab| {
        if lab.client.environment.iter().any(|(name, _)| name == "GSETTINGS_BACKEND") {
            let mode = ["get", "org.gnome.system.proxy.http", "host"];
            let seen = lab.run_as_client("gsettings", &mode).map_err(|error| Unsupported(format!("{error:#}")))?;
            ensure!(seen.contains(PROXY), Unsupported(format!("no GNOME settings here: {seen}")));
        }
        expect_answer(lab, NAME, 200)?;
        direct_is_blocked(lab)
    })
}

fn configure_kde(lab: &mut Lab) {
    let settings = format!(
        "[Proxy Settings]\nProxyType=1\nhttpProxy=http://{PROXY} {PROXY_PORT}\nhttpsProxy=http://{PROXY} {PROXY_PORT}\n"
    );
    lab.client.home_files.push((".config/kioslaverc".to_owned(), settings));
    lab.client.environment.push(("XDG_CURRENT_DESKTOP".to_owned(), "KDE".to_owned()));
}

/// GNOME's settings in a file: the usual store needs a session bus.
fn configure_gnome(lab: &mut Lab) {
    let section = |kind: &str| format!("[system/proxy/{kind}]\nhost='{PROXY}'\nport={PROXY_PORT}\n");
    let settings = format!("[system/proxy]\nmode='manual'\n{}{}", section("http"), section("https"));
    lab.client.home_files.push((".config/glib-2.0/settings/keyfile".to_owned(), settings));
    lab.client.environment.push(("GSETTINGS_BACKEND".to_owned(), "keyfile".to_owned()));
    lab.client.environment.push(("XDG_CURRENT_DESKTOP".to_owned(), "GNOME".to_owned()));
}

/// Automatic configuration whose file is not there. Direct connections work: browsers fall back to them.
fn pac_unavailable(variant: &str, url: &'static str) -> Case {
    Case::cause("proxy.pac_unavailable", variant)
        .build(move |lab| {
            lab.https(Reply::status(200))?;
            lab.serve(Node::Proxy, &format!("{PROXY}:80"), Behaviour::Http(site(Reply::status(404))))?;
            let settings = format!("[Proxy Settings]\nProxyType=2\nProxy Config Script={url}\n");
            lab.client.home_files.push((".config/kioslaverc".to_owned(), settings));
            lab.client.environment.push(("XDG_CURRENT_DESKTOP".to_owned(), "KDE".to_owned()));
            Ok(())
        })
        .proof(|lab| {
            ensure!(proof::addresses(lab, crate::lab::RESOLVER, "pac.example.test")?.is_empty());
            ensure!(proof::http_status(lab, &format!("{PROXY}:80"), PROXY, "/proxy.pac")? == 404);
            proof::tls(lab, "203.0.113.10:443", NAME).map(drop)
        })
}

/// The message is that of a program that connected by itself.
fn required(variant: &str) -> Case {
    Case::cause("proxy.required", variant)
        .options(&[
            "--symptom",
            "java.net.ConnectException: Connection timed out: getsockopt: api.example.test/203.0.113.10:443",
        ])
        .build(|lab| {
            behind_proxy(lab)?;
            let policy = lab.carrying();
            lab.proxy(policy)
        })
        .proof(|lab| {
            expect_answer(lab, NAME, 200)?;
            direct_is_blocked(lab)
        })
}
