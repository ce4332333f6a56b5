//! This computer: facts, sockets and changes. The only crate with platform code.
