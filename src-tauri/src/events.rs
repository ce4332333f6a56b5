//! What happens during a run, with its words, for the window.

use netmend_model::Event;
use netmend_report::Words;
use serde::Serialize;

use crate::finding::Said;

/// What happens during a run, with its words.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// What happens.
    pub event: Event,
    /// For the begin and the end of a measurement.
    pub said: Option<Said>,
}

/// Puts an event into words; `None` for the last, whose report comes as the run's result.
pub fn told(event: Event, words: &Words) -> Option<Told> {
    let said = match &event {
        Event::Step(step) => Some(Said { request: words.request(&step.request), seen: String::new() }),
        Event::Measured { evidence } => Some(Said::of(evidence, words)),
        Event::Started { .. } | Event::Way { .. } => None,
        Event::Finished { .. } => return None,
    };
    Some(Told { event, said })
}
