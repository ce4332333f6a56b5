//! Facts of this computer.

mod firewall;
mod host;
mod link;
mod names;
mod proxy;

pub use firewall::{Firewall, FirewallBackend, FirewallPolicy, FirewallRule, Hook, PortRange, RuleVerdict};
pub use host::{
    Clock, EphemeralPorts, Limits, ListenQueueCounters, Listener, Listeners, Load, OpenFiles, ProcessRef, ProcessState,
    TcpLimits,
};
pub use link::{
    Interface, InterfaceAddress, InterfaceKind, Interfaces, Neighbour, NeighbourState, Neighbours, Route, RouteKind,
    RouteTo, Routes, Tunnel, Tunnels,
};
pub use names::{Hosts, HostsEntry, Resolver, ResolverSource, Resolvers};
pub use proxy::{PacSetting, ProxyEndpoint, ProxyScheme, ProxySetting, ProxySettings, ProxySource};
