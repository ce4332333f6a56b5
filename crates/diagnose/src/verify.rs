//! Before and after a repair.

use netmend_model::net::{ExchangeEnd, TlsEnd, TraceEnd};
use netmend_model::{Change, Comparison, Data, Evidence, Report, Verdict, Verification};

use crate::rank::FOUND;

/// Compares a run before a repair with one after it.
pub fn verify(before: &Report, after: &Report) -> Verification {
    let cause = before.diagnoses.first().filter(|first| first.confidence >= FOUND).map(|first| first.cause);
    let outcome = match after.verdict {
        Verdict::Healthy => Change::Repaired,
        Verdict::Problem => Change::NotRepaired,
        Verdict::Inconclusive => Change::CannotTell,
    };
    let mut rows: Vec<Comparison> = before.evidence.iter().filter_map(|evidence| row(evidence, after)).collect();
    rows.sort_by_key(|row| row.before == row.after);
    Verification { outcome, cause, rows }
}

fn row(before: &Evidence, after: &Report) -> Option<Comparison> {
    let later = after.evidence.iter().find(|evidence| evidence.request == before.request)?;
    let (was, is) = (success(before), success(later));
    (was.is_some() || is.is_some()).then(|| Comparison {
        request: before.request.clone(),
        before: was,
        after: is,
        before_id: before.id.clone(),
        after_id: later.id.clone(),
        before_ms: before.elapsed_ms,
        after_ms: later.elapsed_ms,
    })
}

/// Whether a measurement shows success; `None` where it has no such side.
fn success(evidence: &Evidence) -> Option<bool> {
    Some(match evidence.outcome.data()? {
        Data::RouteTo(route) => route.error.is_none(),
        Data::Lookup(lookup) => !lookup.addresses.is_empty(),
        Data::SystemLookup(lookup) => !lookup.addresses.is_empty(),
        Data::Connect(connect) => connect.connected().is_some(),
        Data::Samples(samples) => samples.retransmitted == 0 && samples.unanswered == 0,
        Data::Egress(egress) => egress.udp_error.is_none(),
        Data::Trace(trace) => matches!(trace.end, TraceEnd::Reached { .. }),
        Data::Echo(echo) => echo.received > 0,
        Data::Greeting(greeting) => matches!(greeting.end, ExchangeEnd::Answered | ExchangeEnd::Silent),
        Data::Tls(tls) => tls.end == TlsEnd::Completed,
        Data::Http(http) => http.end == ExchangeEnd::Answered,
        Data::Proxy(proxy) => proxy.status == Some(200) && proxy.target_answered != Some(false),
        Data::Pac(pac) => pac.result.is_some(),
        Data::Connectivity(check) => check.status == Some(204) && check.body_bytes == 0,
        _ => return None,
    })
}
