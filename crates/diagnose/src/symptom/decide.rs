//! Which of the failures that a text names is the root one, seen in its surroundings.

use netmend_model::SymptomKind::{self, *};

use super::codes::{self, Table};
use super::flatten::Flat;
use super::phrase::{Hit, Mark, Says};

/// A failure that the text names.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) kind: SymptomKind,
    /// How sure it is, 0 to about 110.
    pub(super) weight: i32,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) alternatives: Vec<SymptomKind>,
    /// The code as printed, where the words are one.
    pub(super) code: Option<String>,
    /// Whether the failing peer is a proxy.
    pub(super) proxied: bool,
}

/// Marks found in a text, by place.
pub(super) struct Marks(Vec<(usize, Mark)>);

impl Marks {
    pub(super) fn of(hits: &[Hit]) -> Self {
        let mut marks: Vec<_> = hits
            .iter()
            .filter_map(|hit| if let Says::Mark(mark) = hit.entry.says { Some((hit.start, mark)) } else { None })
            .collect();
        marks.sort_unstable_by_key(|(at, _)| *at);
        Self(marks)
    }

    /// The last place of a mark between two places.
    fn between(&self, mark: Mark, from: usize, to: usize) -> Option<usize> {
        let first = self.0.partition_point(|(at, _)| *at < from);
        let last = self.0.partition_point(|(at, _)| *at <= to);
        self.0.get(first..last)?.iter().rev().find(|(_, found)| *found == mark).map(|(at, _)| *at)
    }
}

/// How a [`Mark`] near a failure turns it into another.
struct Shift {
    mark: Mark,
    /// Reach of the mark in bytes: it may stand so far before or behind the failure.
    before: usize,
    behind: usize,
    /// Whether both must stand in one line.
    same_line: bool,
    /// Whether failures shift that stand fast otherwise.
    firm: bool,
    from: &'static [SymptomKind],
    to: SymptomKind,
}

static SHIFTS: &[Shift] = &[
    Shift {
        mark: Mark::LocalSocket,
        before: 160,
        behind: 160,
        same_line: true,
        firm: false,
        from: &[ConnectRefused, ConnectTimeout, ConnectionReset, PermissionDenied],
        to: UnknownNotNetwork,
    },
    Shift {
        mark: Mark::Lookup,
        before: 320,
        behind: 0,
        same_line: true,
        firm: false,
        from: &[ConnectRefused, HostUnreachable, NetworkUnreachable, ConnectionReset],
        to: DnsFailure,
    },
    Shift {
        mark: Mark::Lookup,
        before: 320,
        behind: 0,
        same_line: true,
        firm: false,
        from: &[ConnectTimeout, ReadTimeout],
        to: DnsTimeout,
    },
    Shift {
        mark: Mark::Proxy,
        before: 220,
        behind: 30,
        same_line: true,
        firm: true,
        from: &[
            ConnectRefused,
            ConnectTimeout,
            HostUnreachable,
            NetworkUnreachable,
            DnsFailure,
            DnsNxdomain,
            DnsTimeout,
        ],
        to: ProxyUnreachable,
    },
    Shift {
        mark: Mark::Upstream,
        before: 60,
        behind: 90,
        same_line: false,
        firm: false,
        from: &[ConnectRefused],
        to: GatewayUpstreamRefused,
    },
    Shift {
        mark: Mark::Upstream,
        before: 60,
        behind: 90,
        same_line: false,
        firm: false,
        from: &[ConnectTimeout, ReadTimeout],
        to: GatewayUpstreamTimeout,
    },
    Shift {
        mark: Mark::Writing,
        before: 120,
        behind: 200,
        same_line: false,
        firm: false,
        from: &[ConnectTimeout],
        to: WriteTimeout,
    },
    Shift {
        mark: Mark::Reading,
        before: 120,
        behind: 400,
        same_line: false,
        firm: false,
        from: &[ConnectTimeout],
        to: ReadTimeout,
    },
];

/// How many failures of one text are weighed; a text with more repeats itself.
const MAX_FINDINGS: usize = 4096;

/// All failures that the text names.
pub(super) fn findings(flat: &Flat, hits: &[Hit], marks: &Marks) -> Vec<Finding> {
    let mut found: Vec<Finding> = hits.iter().filter_map(|hit| finding(flat, hit)).take(MAX_FINDINGS).collect();
    found.extend(bare_numbers(&flat.text).take(MAX_FINDINGS));
    let causes = marks.0.iter().rev().find(|(_, mark)| *mark == Mark::Cause).map(|(at, _)| *at);
    for finding in &mut found {
        if causes.is_some_and(|cause| finding.start > cause) {
            finding.weight += 5;
        }
        finding.proxied = is_proxied(flat, marks, finding);
    }
    found
}

fn finding(flat: &Flat, hit: &Hit) -> Option<Finding> {
    let mut finding = match hit.entry.says {
        Says::Kind(kind) | Says::Soft(kind) => Finding {
            kind,
            weight: i32::from(hit.entry.weight),
            start: hit.start,
            end: hit.end,
            alternatives: hit.entry.alternatives.to_vec(),
            code: code_around(&flat.text, hit),
            proxied: false,
        },
        Says::Number(table) => numbered(flat, hit, table)?,
        _ => return None,
    };
    finding.alternatives.retain(|kind| *kind != finding.kind);
    Some(finding)
}

fn numbered(flat: &Flat, hit: &Hit, table: Table) -> Option<Finding> {
    let code = codes::read(table, flat.text.get(hit.end..)?)?;
    let kind = code.kind?;
    let weight = match (table, kind) {
        (Table::Http, UnknownNotNetwork) => 52,
        (Table::Http, _) => 74,
        (Table::Chromium | Table::NsUrl, _) => 60,
        (Table::Errno | Table::BareErrno, DnsNxdomain) => 84,
        (Table::Errno, _) => 56,
        (Table::Curl, UnknownNotNetwork) => return None,
        (Table::Curl, _) => 50,
        (Table::BareErrno | Table::Windows | Table::BareWindows, _) => 48,
    };
    Some(Finding {
        kind,
        weight,
        start: hit.start,
        end: hit.end + code.length,
        alternatives: code.alternatives.to_vec(),
        code: Some(code.name),
        proxied: false,
    })
}

/// Numbers in parentheses, such as `(111)` or `(110: …)`.
fn bare_numbers(text: &str) -> impl Iterator<Item = Finding> {
    text.match_indices('(').filter_map(move |(at, _)| {
        let rest = text.get(at + 1..)?;
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_digit).count();
        let closed = rest[digits..].starts_with([')', ':', ' ']);
        let number = rest[..digits].parse().ok().filter(|_| closed)?;
        let kind = codes::bare_errno(number)?;
        Some(Finding {
            kind,
            weight: 46,
            start: at,
            end: at + digits + 2,
            alternatives: Vec::new(),
            code: Some(number.to_string()),
            proxied: false,
        })
    })
}

/// The word around a phrase, where it is a code: capitals, digits and underscores.
fn code_around(text: &str, hit: &Hit) -> Option<String> {
    let of_code = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let bytes = text.as_bytes();
    if !bytes.get(hit.start..hit.end)?.iter().all(of_code) {
        return None;
    }
    let before = bytes[..hit.start].iter().rev().take(60).take_while(|byte| of_code(byte)).count();
    let behind = bytes[hit.end..].iter().take(60).take_while(|byte| of_code(byte)).count();
    text.get(hit.start - before..hit.end + behind).map(str::to_owned)
}

/// Turns failures into those that their surroundings make of them.
pub(super) fn shift(flat: &Flat, hits: &[Hit], marks: &Marks, found: &mut [Finding]) {
    let firm: std::collections::BTreeSet<(usize, usize)> =
        hits.iter().filter(|hit| matches!(hit.entry.says, Says::Kind(_))).map(|hit| (hit.start, hit.end)).collect();
    for finding in found {
        let is_firm = firm.contains(&(finding.start, finding.end));
        let fitting = SHIFTS.iter().find(|shift| {
            shift.from.contains(&finding.kind) && (shift.firm || !is_firm) && reaches(flat, marks, finding, shift)
        });
        if let Some(shift) = fitting {
            apply(shift, finding);
        }
    }
}

fn reaches(flat: &Flat, marks: &Marks, finding: &Finding, shift: &Shift) -> bool {
    let mut from = finding.start.saturating_sub(shift.before);
    let mut to = finding.end + shift.behind;
    if shift.same_line {
        from = from.max(flat.line_start(finding.start));
        to = to.min(flat.line_end(finding.start));
    }
    marks.between(shift.mark, from, to).is_some()
}

fn apply(shift: &Shift, finding: &mut Finding) {
    let keep_old = matches!(shift.to, ProxyUnreachable | ReadTimeout | WriteTimeout);
    finding.alternatives = if keep_old { vec![finding.kind] } else { Vec::new() };
    finding.kind = shift.to;
    finding.weight += 12;
    finding.proxied |= shift.to == ProxyUnreachable;
}

fn is_proxied(flat: &Flat, marks: &Marks, finding: &Finding) -> bool {
    let always = matches!(finding.kind, ProxyUnreachable | ProxyAuth | Http407);
    let reset = matches!(finding.kind, ConnectionReset | ConnectTimeout | ReadTimeout | Http502 | Http503 | Http504);
    let from = flat.line_start(finding.start.saturating_sub(300));
    always || (reset && marks.between(Mark::ThroughProxy, from, finding.end + 120).is_some())
}

/// Which failure counts among several of the same weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// In a pasted message: the first.
    First,
    /// In a log: the last that happened.
    Last,
}

/// How far before the last failure of a log its root may stand, in bytes.
const LOG_REACH: usize = 1500;

/// The failure at the root of the others.
pub(super) fn root(found: &[Finding], order: Order) -> Option<&Finding> {
    if order == Order::First {
        return found.iter().max_by_key(|finding| (finding.weight, std::cmp::Reverse(finding.start)));
    }
    let clear = found.iter().filter(|finding| finding.weight >= 60 && finding.kind != UnknownNotNetwork);
    let last = clear.map(|finding| finding.start).max().or_else(|| found.iter().map(|f| f.start).max())?;
    let late = found.iter().filter(|finding| finding.start + LOG_REACH >= last && finding.start <= last + LOG_REACH);
    late.max_by_key(|finding| (finding.weight, finding.start))
}

/// Other kinds that the text allows: those of the root, then what else is said nearly as clearly.
pub(super) fn alternatives(found: &[Finding], root: &Finding) -> Vec<SymptomKind> {
    let same = found.iter().filter(|finding| finding.kind == root.kind).flat_map(|finding| &finding.alternatives);
    let near = found
        .iter()
        .filter(|finding| {
            finding.weight + 12 >= root.weight && finding.weight >= 50 && finding.kind != UnknownNotNetwork
        })
        .map(|finding| &finding.kind);
    let mut kinds = Vec::new();
    for kind in root.alternatives.iter().chain(same).chain(near) {
        if *kind != root.kind && !kinds.contains(kind) && kinds.len() < 5 {
            kinds.push(*kind);
        }
    }
    kinds
}

/// The code to show: the root's own, else one that says the same.
pub(super) fn code(found: &[Finding], root: &Finding) -> Option<String> {
    let same = found.iter().filter(|finding| finding.kind == root.kind || root.alternatives.contains(&finding.kind));
    let nearest = same
        .filter(|finding| finding.code.is_some())
        .min_by_key(|finding| (finding.kind != root.kind, finding.start.abs_diff(root.start)));
    root.code.clone().or_else(|| nearest.and_then(|finding| finding.code.clone()))
}
