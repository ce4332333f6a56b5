//! Evaluates scripts for the tests of the PAC probe: without arguments for the process that started it; with a URL as a program
//! like the product, which is its own worker and here asks the script on standard input.
#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::io::Read as _;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;

use netmend_sys::pac::{Question, evaluate, serve, worker};

fn main() -> ExitCode {
    if let Some(code) = worker() {
        return code;
    }
    let Some(url) = std::env::args().nth(1) else { return serve() };
    let mut script = String::new();
    if std::io::stdin().read_to_string(&mut script).is_err() {
        return ExitCode::FAILURE;
    }
    let patience = Duration::from_secs(5);
    match evaluate(&Question { script, url, my_address: Ipv4Addr::LOCALHOST.into(), patience }) {
        Ok(result) => println!("{result}"),
        Err(error) => println!("error: {error}"),
    }
    ExitCode::SUCCESS
}
