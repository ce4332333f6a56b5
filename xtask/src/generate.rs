//! Files that are made from the code: types, schema, manual pages, completions.

use crate::shell;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Options of the chores that write a committed file.
#[derive(Args, Clone, Copy)]
pub struct Check {
    /// Write nothing; fail when the committed file is not what the code says
    #[arg(long)]
    pub check: bool,
}

/// Options of the chores that write into a folder of choice.
#[derive(Args)]
pub struct Folder {
    /// Where to
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

const TYPES: &str = "ui/src/lib/types";
const SCHEMA: &str = "docs/report.schema.json";
const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// Exports the model's TypeScript types.
///
/// # Errors
/// When a build fails, or with `check` when the committed types are not the model's.
pub fn types(options: Check) -> Result<()> {
    let fresh = shell::target_dir().join("generated/types");
    remove(&fresh)?;
    // ts-rs writes the types from tests that its derive macro makes; their names say so.
    let mut export = shell::cargo();
    export.args(["test", "--quiet", "--package", "netmend-model", "--features", "ts", "--lib", "export_bindings"]);
    shell::step(export.env("TS_RS_EXPORT_DIR", &fresh))?;
    let committed = shell::root().join(TYPES);
    if options.check {
        return same("types", &contents(&fresh)?, &contents(&committed)?, TYPES);
    }
    remove(&committed)?;
    for (name, text) in contents(&fresh)? {
        let file = committed.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&committed))?;
        fs::write(file, text)?;
    }
    Ok(())
}

/// Writes the report's JSON schema as the command line prints it.
///
/// # Errors
/// When a build fails, or with `check` when the committed schema is not the command line's.
pub fn schema(options: Check) -> Result<()> {
    schema_from(netmend()?, options)
}

/// The same with a command line that is built already.
///
/// # Errors
/// As [`schema`].
pub fn schema_from(mut netmend: Command, options: Check) -> Result<()> {
    let file = shell::root().join(SCHEMA);
    let fresh = shell::output(netmend.args(["report", "schema"]))?;
    if options.check {
        let committed = fs::read_to_string(&file).unwrap_or_default();
        let one = |text| BTreeMap::from([(PathBuf::from(SCHEMA), text)]);
        return same("schema", &one(fresh), &one(committed), SCHEMA);
    }
    fs::write(&file, fresh).with_context(|| format!("could not write {SCHEMA}"))
}

/// Writes the manual pages.
///
/// # Errors
/// When a build fails or the folder cannot be written.
pub fn man(options: &Folder) -> Result<()> {
    let folder = folder(options, "man")?;
    shell::step(netmend()?.arg("man").arg(&folder))?;
    println!("Manual pages are in {}", folder.display());
    Ok(())
}

/// Writes a completion file for every shell.
///
/// # Errors
/// When a build fails or the folder cannot be written.
pub fn completions(options: &Folder) -> Result<()> {
    let folder = folder(options, "completions")?;
    for name in SHELLS {
        let text = shell::output(netmend()?.args(["completions", name]))?;
        fs::write(folder.join(format!("netmend.{name}")), text)?;
    }
    println!("Completions are in {}", folder.display());
    Ok(())
}

/// The command line, built.
fn netmend() -> Result<Command> {
    shell::step(shell::cargo().args(["build", "--quiet", "--package", "netmend-cli"]))?;
    Ok(shell::command(shell::built("debug", "netmend")))
}

fn folder(options: &Folder, name: &str) -> Result<PathBuf> {
    let default = || shell::target_dir().join("generated").join(name);
    let folder = options.output.clone().unwrap_or_else(default);
    fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    Ok(folder)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not empty {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Every file below the folder with its text, by its path in it.
fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, String>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for path in entries.map(|entry| entry.map(|entry| entry.path())) {
            let path = path?;
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder)?.to_path_buf(), fs::read_to_string(&path)?);
            }
        }
    }
    Ok(files)
}

fn same(
    chore: &str,
    fresh: &BTreeMap<PathBuf, String>,
    committed: &BTreeMap<PathBuf, String>,
    what: &str,
) -> Result<()> {
    if fresh.is_empty() {
        bail!("the code exports nothing for {what}");
    }
    let names = fresh.keys().chain(committed.keys());
    let differing: Vec<_> =
        names.filter(|name| fresh.get(*name) != committed.get(*name)).map(|name| name.display().to_string()).collect();
    if let Some(first) = differing.first() {
        bail!(
            "{what} is not what the code says ({first}, {} in all); `cargo xtask {chore}` writes it",
            differing.len()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> BTreeMap<PathBuf, String> {
        pairs.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned())).collect()
    }

    #[test]
    fn a_changed_missing_or_superfluous_file_is_named() {
        let fresh = files(&[("A.ts", "type A"), ("B.ts", "type B")]);
        assert!(same("types", &fresh, &fresh, "types").is_ok());
        for other in [files(&[("A.ts", "type A")]), files(&[("A.ts", "type A"), ("B.ts", "old")]), files(&[])] {
            assert!(same("types", &fresh, &other, "types").unwrap_err().to_string().contains(".ts"));
        }
        assert!(same("types", &files(&[]), &files(&[]), "types").is_err(), "nothing exported is no success");
    }

    #[test]
    fn contents_reach_into_folders() {
        let found = contents(&shell::root().join("xtask")).unwrap();
        assert!(found.contains_key(Path::new("src/suite/tally.rs")) && found.contains_key(Path::new("Cargo.toml")));
    }
}
