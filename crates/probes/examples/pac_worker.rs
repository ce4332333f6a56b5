//! The program that the tests of the PAC probe have scripts evaluated by. The product is its own worker.

use std::process::ExitCode;

fn main() -> ExitCode {
    netmend_sys::pac::serve()
}
