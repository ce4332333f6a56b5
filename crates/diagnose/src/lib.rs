//! From evidence to causes: pure functions, no clock, no randomness, no locale, no input or output.
//!
//! [`plan::next`] chooses what to measure, [`Signs::read`] reduces evidence to named statements, [`rules::RULES`] says which
//! signs each cause predicts, [`diagnose`] weighs them. A saved report can therefore be diagnosed again anywhere, by any version.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod findings;
pub mod notes;
mod places;
pub mod plan;
mod rank;
pub mod remedy;
pub mod rules;
mod signs;
pub mod symptom;
pub mod target;
mod verify;
mod view;
mod way;

pub use findings::{Findings, diagnose, rediagnose};
pub use signs::{Reading, Sign, Signs};
pub use verify::verify;
pub use way::{way, way_of};
