//! What may stand where in the sources, from their tokens: words in comments and strings do not count.

use super::{assert_none, root};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::fs;
use std::path::{Path, PathBuf};

/// Where platform code belongs; and the lab, which builds Linux namespaces and is no product.
const PLATFORM: [&str; 2] = ["crates/sys", "tests"];
/// Folders with the sources of the workspace.
const SOURCES: [&str; 4] = ["crates", "src-tauri", "tests", "xtask"];
/// Conditions that ask for the system.
const CONDITIONS: [&str; 5] = ["target_os", "target_family", "target_vendor", "unix", "windows"];
/// Modules of `std::os` that not every system has.
const MODULES: [&str; 6] = ["unix", "linux", "windows", "macos", "darwin", "fd"];

/// A place in a source file that only platform code may have.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    line: usize,
    what: String,
}

/// Everything in the tokens that belongs into platform code.
fn platform_code(tokens: TokenStream) -> Vec<Found> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) if ident == "unsafe" => found.push(at(token, "unsafe".to_owned())),
            TokenTree::Ident(ident) if ident == "cfg" || ident == "cfg_attr" => {
                found.extend(condition(&tokens[index + 1..]).map(|name| at(token, format!("{ident}({name})"))));
            }
            TokenTree::Ident(ident) if ident == "os" => {
                found.extend(module(&tokens[index + 1..]).map(|name| at(token, format!("std::os::{name}"))));
            }
            TokenTree::Group(group) => found.extend(platform_code(group.stream())),
            _ => {}
        }
    }
    found
}

fn at(token: &TokenTree, what: String) -> Found {
    Found { line: token.span().start().line, what }
}

/// The first name in `(…)` or `!(…)` that asks for the system.
fn condition(after: &[TokenTree]) -> Option<String> {
    let rest = match after {
        [TokenTree::Punct(mark), rest @ ..] if mark.as_char() == '!' => rest,
        all => all,
    };
    let [TokenTree::Group(group), ..] = rest else { return None };
    (group.delimiter() == Delimiter::Parenthesis).then(|| named(group.stream(), &CONDITIONS)).flatten()
}

/// The name behind `::`, when it is one of the system's own modules.
fn module(after: &[TokenTree]) -> Option<String> {
    let [TokenTree::Punct(first), TokenTree::Punct(second), next, ..] = after else { return None };
    let behind_colons = first.as_char() == ':' && second.as_char() == ':';
    behind_colons.then(|| named(TokenStream::from(next.clone()), &MODULES)).flatten()
}

fn named(tokens: TokenStream, names: &[&str]) -> Option<String> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) => names.iter().find(|name| ident == **name).map(|name| (*name).to_owned()),
        TokenTree::Group(group) => named(group.stream(), names),
        _ => None,
    })
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs"));
    files.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}

fn offences(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let name = file.strip_prefix(root()).unwrap().display().to_string();
    platform_code(tokens)
        .iter()
        .map(|found| format!("{name}:{}: {} belongs into crates/sys", found.line, found.what))
        .collect()
}

#[test]
fn platform_code_is_in_sys_alone() {
    let root = root();
    let files: Vec<_> = SOURCES.iter().flat_map(|folder| rust_files(&root.join(folder))).collect();
    assert!(files.iter().any(|file| file.ends_with("crates/model/src/lib.rs")), "the sources were not found");
    let outside = files.iter().filter(|file| !PLATFORM.iter().any(|part| file.starts_with(root.join(part))));
    assert_none(&outside.flat_map(|file| offences(file)).collect::<Vec<_>>());
}

#[test]
fn platform_code_is_found() {
    let cases = [
        ("#[cfg(target_os = \"linux\")] fn f() {}", "cfg(target_os)"),
        ("fn f() { if cfg!(windows) {} }", "cfg(windows)"),
        ("#[cfg(all(test, not(unix)))] mod m;", "cfg(unix)"),
        ("#![cfg_attr(target_family = \"wasm\", no_std)]", "cfg_attr(target_family)"),
        ("fn f() { g(|| unsafe { h() }) }", "unsafe"),
        ("use std::os::fd::AsRawFd;", "std::os::fd"),
        ("use std::os::{raw::c_int, unix::fs::MetadataExt};", "std::os::unix"),
    ];
    for (text, what) in cases {
        let found = platform_code(text.parse().unwrap());
        assert_eq!(found, [Found { line: 1, what: what.to_owned() }], "{text}");
    }
}

#[test]
fn words_in_comments_and_strings_are_not_code() {
    let harmless = "
        // unsafe, #[cfg(unix)]
        /// Says `cfg(target_os)`, see std::os::fd.
        #![cfg_attr(not(debug_assertions), windows_subsystem = \"windows\")]
        #[cfg(feature = \"ts\")] #[cfg(test)]
        #[allow(unsafe_code)]
        fn os() -> &'static str { \"unsafe #[cfg(windows)]\" }";
    assert_eq!(platform_code(harmless.parse().unwrap()), []);
}
