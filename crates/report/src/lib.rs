//! Loads, saves, redacts and renders reports.
//!
//! [`Words`] gives every text in the person's language; the renderers ([`text`], [`html`], [`markdown`], [`json`]) turn a report
//! with its words into something to read; [`redact`] removes what others must not see.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod html;
pub mod json;
mod load;
pub mod markdown;
mod redact;
#[cfg(test)]
mod sample;
mod save;
mod schema;
pub mod text;
mod view;
mod visible;
pub mod words;

pub use load::{LARGEST, LoadError, load, parse};
pub use redact::redact;
pub use save::{Format, SaveError, check, render, save};
pub use schema::schema;
pub use visible::visible;
pub use words::{Words, ms};

#[cfg(test)]
mod tests;
