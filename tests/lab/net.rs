//! The administrator's tools inside a namespace: `ip`, `nft` and kernel settings.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

use crate::ns::Namespace;

/// Runs `ip -batch` with `commands` (one per line, without the leading `ip`).
pub fn ip(ns: &Namespace, commands: &str) -> Result<()> {
    ns.run(|| feed("ip", &["-batch", "-"], commands))
}

/// Loads nftables rules.
pub fn nft(ns: &Namespace, rules: &str) -> Result<()> {
    ns.run(|| feed("nft", &["-f", "-"], rules))
}

/// Writes kernel settings, e.g. `("net/ipv4/ip_forward", "1")`. `/proc/sys/net` shows the opener's own namespace.
pub fn sysctl(ns: &Namespace, settings: &[(&str, &str)]) -> Result<()> {
    ns.run(|| {
        for (key, value) in settings {
            fs::write(format!("/proc/sys/{key}"), value).with_context(|| format!("cannot set {key} to {value}"))?;
        }
        Ok(())
    })
}

/// The output of a tool run inside the namespace, whatever its exit status: standard output and standard error.
pub fn output(ns: &Namespace, program: &str, arguments: &[&str]) -> Result<String> {
    ns.run(|| {
        let output = run(program, arguments, None)?;
        Ok(format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    })
}

fn feed(program: &str, arguments: &[&str], input: &str) -> Result<()> {
    let output = run(program, arguments, Some(input))?;
    if !output.status.success() {
        bail!("{program} refused:\n{}\nthe input was:\n{input}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

fn run(program: &str, arguments: &[&str], input: Option<&str>) -> Result<Output> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;
    if let (Some(mut pipe), Some(text)) = (child.stdin.take(), input) {
        pipe.write_all(text.as_bytes()).with_context(|| format!("{program} closed its input"))?;
    }
    child.wait_with_output().with_context(|| format!("cannot read what {program} said"))
}

/// The tools the lab needs and this machine does not have.
pub fn missing_tools() -> Vec<&'static str> {
    let present = |tool: &str| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|folder| folder.join(tool).is_file())
    };
    ["ip", "nft"].into_iter().filter(|tool| !present(tool)).collect()
}
