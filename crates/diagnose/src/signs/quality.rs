//! How well what works works, measured against what the client can wait.

use netmend_model::net::ExchangeEnd;
use netmend_model::{Request, SymptomKind, Via};

use super::{Sign, Signs};
use crate::view::View;

pub(super) fn read(view: View<'_>, signs: &mut Signs) {
    if let Some(symptom) = &view.case.symptom {
        // What a message says rests on no measurement.
        signs.note(Sign::MessageRefused, symptom.kind == SymptomKind::ConnectRefused, []);
    }
    let Some(patience_ms) = view.case.settings.client_timeout_ms else { return };
    let connects: Vec<_> = view
        .goal_connects()
        .into_iter()
        .filter_map(|(_, seen)| Some((seen.data.connected()?.elapsed_ms, seen.evidence.id.as_str())))
        .collect();
    let Some(connect_ms) = connects.iter().map(|(ms, _)| *ms).reduce(f64::min) else { return };
    let tls = view.handshakes().find(|seen| matches!(seen.request(), Request::Tls { mss: None, .. }));
    let tls_ms = tls.and_then(|seen| seen.data.handshake_ms).unwrap_or(0.0);
    let mut ids: Vec<_> = connects.iter().map(|(_, id)| *id).collect();
    ids.extend(tls.map(|seen| seen.evidence.id.as_str()));
    ids.extend(view.samples().map(|seen| seen.evidence.id.as_str()));
    let sampled = view.samples().flat_map(|seen| seen.data.connect_ms.iter().copied()).fold(connect_ms, f64::max);
    let network_ms = connect_ms + tls_ms;
    signs.note(Sign::PathSlowerThanClient, network_ms > patience_ms || sampled > patience_ms, ids);
    for seen in view.https().filter(|s| matches!(s.request(), Request::Http { mss: None, via: Via::Direct, .. })) {
        if let (ExchangeEnd::Answered, Some(first_byte_ms)) = (&seen.data.end, seen.data.phases.first_byte_ms) {
            let slow = first_byte_ms > patience_ms && network_ms <= patience_ms;
            signs.note(Sign::ServiceSlowerThanClient, slow, [seen.id()]);
        }
    }
}
