//! The `netmend` command.
fn main() {}
