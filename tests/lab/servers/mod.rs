//! The lab's own small servers: nothing outside this program answers in a case.

pub mod dns;
pub mod dns_message;
pub mod http;
pub mod overload;
pub mod proxy;
pub mod tcp;
