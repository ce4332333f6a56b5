//! The nouns of Netmend: plain data, no input or output.
//!
//! Data moves one way: [`Symptom`] → [`Step`]s of a plan → [`Evidence`] → [`Diagnosis`] → [`Remedy`] → [`Verification`] → [`Report`].
//! A [`Request`] says what is to be measured; each request ends in exactly one [`Evidence`], whatever happened.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod case;
mod cause;
mod diagnosis;
mod event;
mod evidence;
pub mod facts;
pub mod net;
mod outcome;
mod profile;
mod report;
mod request;
mod symptom;
mod target;
mod verification;

pub use case::{Case, Family, Settings};
pub use cause::{CauseId, Who};
pub use diagnosis::{Diagnosis, Params, Place, PlaceKind, Remedy, Rights, Risk, Stance, Support, Verdict};
pub use event::{Event, Station, StationState, StationStatus};
pub use evidence::{Data, Evidence};
pub use outcome::{OsError, Outcome, Reason, ReasonCode};
pub use profile::{Profile, Reference, Service, SupportContact};
pub use report::{Host, Note, Redaction, Report, SCHEMA, Skipped};
pub use request::{LookupRole, Record, Request, Role, Step, Topic, TraceMethod, Via, Why};
pub use symptom::{Symptom, SymptomKind};
pub use target::{Protocol, Target};
pub use verification::{Change, Comparison, Verification};
