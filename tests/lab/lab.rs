//! A running case: the network, its servers, and the client's view, with the verbs that cases are written in.

use std::any::Any;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use socket2::{Domain, Socket, Type};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::client_view::ClientView;
use crate::confine::{self, Confinement};
use crate::launch::{self, Ends, Rights};
use crate::net;
use crate::ns::Namespace;
use crate::servers::dns::{self, Zone};
use crate::servers::http::{self, Reply, Site};
use crate::servers::overload;
use crate::servers::proxy::Policy;
use crate::servers::tcp::{self, Behaviour};
use crate::topology::{Node, Shape, Topology};
use crate::{local_process, pki};

/// The name most cases ask for.
pub const NAME: &str = "api.example.test";
/// Its true addresses.
pub const SERVER: &str = "203.0.113.10";
/// Its true IPv6 address.
pub const SERVER_V6: &str = "2001:db8:5::10";
/// The client's own addresses.
pub const CLIENT: &str = "192.0.2.10";
/// The client's own IPv6 address.
pub const CLIENT_V6: &str = "2001:db8:1::10";
/// The configured resolver.
pub const RESOLVER: &str = "198.51.100.66";
/// The reference resolver and the host of the connectivity check.
pub const REFERENCE: &str = "198.51.100.82";
/// Its IPv6 address.
pub const REFERENCE_V6: &str = "2001:db8:99::82";
/// A second resolver of the provider; there only where a case starts it.
pub const SECOND_RESOLVER: &str = "198.51.100.67";
/// The host of the connectivity check, by name.
pub const CHECK_NAME: &str = "check.example.test";
/// The proxy.
pub const PROXY: &str = "198.51.100.98";
/// Its port.
pub const PROXY_PORT: u16 = 3128;
/// The proxy's name.
pub const PROXY_NAME: &str = "proxy.example.test";

/// A running case.
pub struct Lab {
    /// What the client is configured to use; takes effect when a program is started.
    pub client: ClientView,
    /// The configured resolver's table.
    pub zone: Zone,
    /// The reference resolver's table.
    pub reference: Zone,
    topology: Topology,
    // Ends before the network does.
    runtime: Option<Runtime>,
    folder: TempDir,
    processes: Vec<Child>,
    held: Vec<Box<dyn Any + Send>>,
}

impl Lab {
    /// Builds the healthy network: resolver, reference resolver and connectivity check run, the target does not yet.
    pub fn start(shape: Shape) -> Result<Self> {
        let topology = Topology::build(shape)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let mut lab = Self {
            client: ClientView::default(),
            zone: usual_names(),
            reference: usual_names(),
            topology,
            runtime: Some(runtime),
            folder: tempfile::Builder::new().prefix("netmend-lab-").tempdir().context("no temporary folder")?,
            processes: Vec::new(),
            held: Vec::new(),
        };
        let (zone, reference) = (lab.zone.clone(), lab.reference.clone());
        lab.resolver(Node::Dns, RESOLVER, zone)?;
        lab.resolver(Node::Reference, REFERENCE, reference)?;
        for address in [REFERENCE, REFERENCE_V6] {
            lab.serve(Node::Reference, &at_port(address, 80)?, Behaviour::Http(connectivity_check()))?;
        }
        Ok(lab)
    }

    /// A machine's namespace.
    pub fn space(&self, node: Node) -> &Arc<Namespace> {
        self.topology.space(node)
    }

    /// Runs `ip -batch` lines on a machine.
    pub fn ip(&self, node: Node, batch: &str) -> Result<()> {
        net::ip(self.space(node), batch)
    }

    /// Loads nftables rules on a machine.
    pub fn nft(&self, node: Node, rules: &str) -> Result<()> {
        net::nft(self.space(node), rules)
    }

    /// Filters what a router forwards, or a machine sends (`output`) or receives (`input`). The rules may count in the
    /// named counter `hits`; a proof reads it with [`crate::proof::hits`].
    pub fn filter(&self, node: Node, hook: &str, rules: &str) -> Result<()> {
        self.nft(
            node,
            &format!(
                "table inet lab {{\n counter hits {{}}\n chain {hook} {{\n  type filter hook {hook} priority 0; policy accept;\n  {rules}\n }}\n}}\n"
            ),
        )
    }

    /// Sets kernel settings on a machine.
    pub fn sysctl(&self, node: Node, settings: &[(&str, &str)]) -> Result<()> {
        net::sysctl(self.space(node), settings)
    }

    /// Serves `behaviour` at a TCP address of a machine.
    pub fn serve(&mut self, node: Node, address: &str, behaviour: Behaviour) -> Result<()> {
        let listener = self.listen(node, address, 128)?;
        let runtime = self.runtime()?;
        let _context = runtime.enter();
        runtime.spawn(tcp::serve(tokio::net::TcpListener::from_std(listener)?, behaviour));
        Ok(())
    }

    /// A listener nobody accepts from; kept until the case ends.
    pub fn listen_only(&mut self, node: Node, address: &str, backlog: i32) -> Result<()> {
        let listener = self.listen(node, address, backlog)?;
        self.hold(listener);
        Ok(())
    }

    /// Serves plain HTTP with too little CPU (see [`overload`]).
    pub fn serve_overloaded(&mut self, node: Node, address: &str) -> Result<()> {
        const BACKLOG: i32 = 1;
        let listener = self.listen(node, address, BACKLOG)?;
        let (address, space) = (address.parse()?, Arc::clone(self.space(node)));
        let stop = Arc::new(AtomicBool::new(false));
        self.hold(overload::Stop(Arc::clone(&stop)));
        std::thread::spawn(move || space.run(|| overload::serve(&listener, address, BACKLOG as usize, &stop)));
        Ok(())
    }

    /// Keeps something alive until the case ends.
    pub fn hold(&mut self, thing: impl Any + Send) {
        self.held.push(Box::new(thing));
    }

    fn listen(&self, node: Node, address: &str, backlog: i32) -> Result<TcpListener> {
        let address: SocketAddr = address.parse().with_context(|| format!("{address} is no socket address"))?;
        self.space(node).run(|| {
            let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
            socket.set_reuse_address(true)?;
            if address.is_ipv6() {
                socket.set_only_v6(true)?;
            }
            socket.bind(&address.into()).with_context(|| format!("cannot bind {address}"))?;
            socket.listen(backlog)?;
            socket.set_nonblocking(true)?;
            Ok(socket.into())
        })
    }

    /// Runs a resolver over UDP and TCP.
    pub fn resolver(&mut self, node: Node, address: &str, zone: Zone) -> Result<()> {
        self.resolver_udp(node, address, zone.clone())?;
        let listener = self.listen(node, &at_port(address, 53)?, 32)?;
        let runtime = self.runtime()?;
        let _context = runtime.enter();
        runtime.spawn(dns::serve_tcp(tokio::net::TcpListener::from_std(listener)?, zone));
        Ok(())
    }

    /// Runs a resolver over UDP only.
    pub fn resolver_udp(&mut self, node: Node, address: &str, zone: Zone) -> Result<()> {
        let address = at_port(address, 53)?;
        let socket = self.space(node).run(|| {
            let socket = std::net::UdpSocket::bind(&address).with_context(|| format!("cannot bind {address}"))?;
            socket.set_nonblocking(true)?;
            Ok(socket)
        })?;
        let runtime = self.runtime()?;
        let _context = runtime.enter();
        runtime.spawn(dns::serve_udp(tokio::net::UdpSocket::from_std(socket)?, zone));
        Ok(())
    }

    /// Runs the provider's second resolver with a table of its own; the client is not told.
    pub fn second_resolver(&mut self) -> Result<Zone> {
        self.ip(Node::Dns, &format!("addr add {SECOND_RESOLVER}/28 dev to-r2\n"))?;
        let zone = usual_names();
        self.resolver(Node::Dns, SECOND_RESOLVER, zone.clone())?;
        Ok(zone)
    }

    /// Gives a name these addresses in every resolver.
    pub fn name(&self, name: &str, addresses: &[&str]) {
        self.zone.set(name, addresses);
        self.reference.set(name, addresses);
    }

    /// Further addresses of a machine, with prefix length.
    pub fn add_addresses(&self, node: Node, device: &str, addresses: &[&str]) -> Result<()> {
        let lines = addresses.iter().flat_map(|address| ["addr add ", address, " dev ", device, "\n"]);
        self.ip(node, &lines.collect::<String>())
    }

    /// Runs the proxy at port 3128 and configures it in the client's environment.
    pub fn proxy(&mut self, policy: Policy) -> Result<()> {
        self.serve(Node::Proxy, &at_port(PROXY, PROXY_PORT)?, Behaviour::Proxy(policy))?;
        self.configure_proxy(&format!("http://{PROXY}:{PROXY_PORT}"));
        Ok(())
    }

    /// Configures a proxy in the client's environment, whether or not it runs.
    pub fn configure_proxy(&mut self, url: &str) {
        for name in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"] {
            self.client.environment.push((name.to_owned(), url.to_owned()));
        }
    }

    /// A proxy that carries everything.
    pub fn carrying(&self) -> Policy {
        Policy::Carry { space: Arc::clone(self.space(Node::Proxy)), zone: usual_names() }
    }

    /// Drops the client's direct connections to the server at the provider; the proxy's pass.
    pub fn block_direct(&self) -> Result<()> {
        self.filter(
            Node::R2,
            "forward",
            "ip saddr 192.0.2.0/24 ip daddr 203.0.113.0/24 tcp dport {80,443} counter name hits drop
             ip6 saddr 2001:db8:1::/64 ip6 daddr 2001:db8:5::/64 tcp dport {80,443} counter name hits drop",
        )
    }

    /// Serves a web site in plain HTTP at both addresses of the server.
    pub fn http(&mut self, reply: Reply) -> Result<()> {
        let site = http::site(reply);
        self.serve_both(80, &Behaviour::Http(site))
    }

    /// Serves a web site over TLS at both addresses of the server, with a certificate for the usual name.
    pub fn https(&mut self, reply: Reply) -> Result<()> {
        self.https_with(pki::Flaw::None, &[NAME], reply)
    }

    /// As [`Lab::https`], with a flaw in the certificate or other names.
    pub fn https_with(&mut self, flaw: pki::Flaw, names: &[&str], reply: Reply) -> Result<()> {
        let site = Box::new(Behaviour::Http(http::site(reply)));
        self.serve_both(443, &Behaviour::Tls(pki::server(names, flaw)?, site))
    }

    /// Serves at both addresses of the server.
    pub fn serve_both(&mut self, port: u16, behaviour: &Behaviour) -> Result<()> {
        self.serve(Node::Server, &at_port(SERVER, port)?, behaviour.clone())?;
        self.serve(Node::Server, &at_port(SERVER_V6, port)?, behaviour.clone())
    }

    /// Starts a listening process of the client's own, with the given rights (see [`local_process`]).
    pub fn local_service(&mut self, rights: Rights, address: &str, behaviour: &str) -> Result<u32> {
        let arguments = [local_process::LISTEN, address, behaviour];
        self.write_client_files()?;
        let mut command = launch::command(self.folder.path(), rights, Ends::ByItself, Path::new(launch::THIS_PROGRAM))?;
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = self.space(Node::Client).run(|| command.spawn().context("cannot start the local service"))?;
        let ready = local_process::wait_ready(&mut child);
        let number = child.id();
        self.processes.push(child);
        ready.map(|()| number)
    }

    /// A command inside the client's view; spawn and wait for it within [`Lab::in_client`].
    pub fn client_command(&self, rights: Rights, program: &Path) -> Result<Command> {
        self.write_client_files()?;
        launch::command(self.folder.path(), rights, Ends::WithThread, program)
    }

    /// Runs `work` inside the client's namespace.
    pub fn in_client<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        self.space(Node::Client).run(work)
    }

    /// What a program says that the client runs as an ordinary user.
    pub fn run_as_client(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let mut command = self.client_command(Rights::User, Path::new(program))?;
        command.args(arguments).env_clear().envs(self.client_environment());
        let output = self.in_client(|| command.output().with_context(|| format!("cannot run {program}")))?;
        Ok(format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    }

    fn write_client_files(&self) -> Result<()> {
        let may_change_owner = confine::confinement()? == Confinement::Root;
        self.client.write(self.folder.path(), may_change_owner)
    }

    /// The client's files: `home/` and `profile.toml` among them.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Lets time pass for a fault that needs it, e.g. a queue filling; never to wait for luck.
    pub fn handle(&self) -> Result<tokio::runtime::Handle> {
        Ok(self.runtime()?.handle().clone())
    }

    fn runtime(&self) -> Result<&Runtime> {
        self.runtime.as_ref().ok_or_else(|| anyhow!("the case has ended"))
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        for child in &mut self.processes {
            let _ = child.kill();
            let _ = child.wait();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_millis(100));
        }
    }
}

/// `address:port`, with brackets where needed.
pub fn at_port(address: &str, port: u16) -> Result<String> {
    let address: IpAddr = address.parse().with_context(|| format!("{address} is no address"))?;
    Ok(SocketAddr::new(address, port).to_string())
}

fn usual_names() -> Zone {
    let zone = Zone::default();
    zone.set(NAME, &[SERVER, SERVER_V6]);
    zone.set(CHECK_NAME, &[REFERENCE, REFERENCE_V6]);
    zone.set(PROXY_NAME, &[PROXY]);
    zone
}

/// 204 without a body, as connectivity checks expect; 404 for anything else.
fn connectivity_check() -> Site {
    Arc::new(|request| Reply::status(if request.target.ends_with("/generate_204") { 204 } else { 404 }))
}

impl Lab {
    /// The clean environment of a program the client starts.
    pub fn client_environment(&self) -> Vec<(String, String)> {
        let home = self.folder.path().join("home").display().to_string();
        let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/sbin:/usr/bin:/sbin:/bin".to_owned());
        let fixed = [("PATH", path), ("HOME", home.clone()), ("TMPDIR", home), ("LANG", "C.UTF-8".into())];
        let fixed = fixed.into_iter().map(|(name, value)| (name.to_owned(), value));
        fixed.chain(self.client.environment.iter().cloned()).collect()
    }
}
