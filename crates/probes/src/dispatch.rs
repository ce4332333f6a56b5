//! Each kind of request to the probe that answers it.

use netmend_model::{Data, Outcome, Request};
use netmend_sys::facts;

use crate::{
    Context, connect, connectivity, echo, egress, first_hop, greeting, http, lookup, mtu, pac, proxy, samples,
    system_lookup, tls, trace,
};

/// Answers one request. Drop the future to stop it: every probe ends at its next await.
pub async fn run(ctx: &Context, request: &Request) -> Outcome<Data> {
    match request {
        Request::Fact { .. } | Request::RouteTo { .. } => fact(request).await,
        Request::Lookup { .. } | Request::SystemLookup { .. } => name(ctx, request).await,
        Request::Tls { .. }
        | Request::Http { .. }
        | Request::Proxy { .. }
        | Request::Pac { .. }
        | Request::Connectivity { .. }
        | Request::Greeting { .. } => exchange(ctx, request).await,
        _ => path(ctx, request).await,
    }
}

async fn fact(request: &Request) -> Outcome<Data> {
    match request {
        Request::Fact { topic } => facts::read(*topic).await,
        Request::RouteTo { address } => facts::routes::to(*address).await.map(Data::RouteTo),
        _ => unreachable_request(request),
    }
}

async fn name(ctx: &Context, request: &Request) -> Outcome<Data> {
    match request {
        Request::Lookup { server, name, record, role: _ } => {
            lookup::run(ctx, *server, name, *record).await.map(Data::Lookup)
        }
        Request::SystemLookup { name } => system_lookup::run(ctx, name).await.map(Data::SystemLookup),
        _ => unreachable_request(request),
    }
}

async fn path(ctx: &Context, request: &Request) -> Outcome<Data> {
    match request {
        Request::Connect { to, wait_ms, role: _ } => connect::run(ctx, *to, *wait_ms).await.map(Data::Connect),
        Request::Samples { to, count } => samples::run(ctx, *to, *count).await.map(Data::Samples),
        Request::Egress { to } => egress::run(ctx, *to).await.map(Data::Egress),
        Request::FirstHop { to, control_port } => first_hop::run(ctx, *to, *control_port).await.map(Data::FirstHop),
        Request::Trace { to, method, role: _ } => trace::run(ctx, *to, *method).await.map(Data::Trace),
        Request::Echo { to, count, role: _ } => echo::run(ctx, *to, *count).await.map(Data::Echo),
        Request::Mtu { to } => mtu::run(ctx, *to).await.map(Data::Mtu),
        _ => unreachable_request(request),
    }
}

async fn exchange(ctx: &Context, request: &Request) -> Outcome<Data> {
    match request {
        Request::Greeting { to, expect } => greeting::run(ctx, *to, *expect).await.map(Data::Greeting),
        Request::Tls { to, name, mss } => tls::run(ctx, *to, name, *mss).await.map(Data::Tls),
        Request::Http { to, url, via, mss } => http::run(ctx, *to, url, *via, *mss).await.map(Data::Http),
        Request::Proxy { proxy, host, port, expect } => {
            proxy::run(ctx, proxy, host, *port, *expect).await.map(Data::Proxy)
        }
        Request::Pac { url, for_url } => pac::run(ctx, url, for_url).await.map(Data::Pac),
        Request::Connectivity { url } => connectivity::run(ctx, url).await.map(Data::Connectivity),
        _ => unreachable_request(request),
    }
}

/// A request that [`run`] sent to the wrong group: a mistake of this file, reported rather than hidden.
fn unreachable_request(request: &Request) -> Outcome<Data> {
    Outcome::errored(netmend_model::ReasonCode::SystemError, format!("no probe for {}", request.probe()))
}
