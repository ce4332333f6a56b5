### The catalogue of causes. English is the source language.
###
### The value is the title: one sentence that anybody understands, at most 20 words, no blame, no jargon first.
### .explanation  what it means here: plain words first, the exact terms in the second half.
### .meaning      what the cause means in general (`netmend explain`); no variables.
###
### Variables: $target, $host, $port, $address and $place are always there (words stand in where they are not known);
### every other one only where `$has-<name>` is "yes".

## Words inside sentences

default-target = the service
default-host = the server
default-port = the port
default-address = its address
default-place = somewhere on the way
# "port 8443" or "the port"
the-port =
    { $has-port ->
        [yes] port { $port }
       *[no] the port
    }
# " (eth0)", or nothing
in-brackets =
    { $has-place ->
        [yes] { " " }({ $place })
       *[no] { "" }
    }
# " at 198.51.100.1", or nothing
at-place =
    { $has-place ->
        [yes] { " " }at { $place }
       *[no] { "" }
    }

# "3 days ago"; only where $has-expired-days is "yes"
days-ago =
    { $expired-days ->
        [0] less than a day ago
        [1] one day ago
       *[other] { $expired-days } days ago
    }

## Link and addressing

cause-link-down = This computer is not connected to any network.
    .explanation =
        No cable is plugged in and no Wi-Fi is joined, or the connection is switched off.
        Every interface except loopback is down or has no carrier{ in-brackets }.
    .meaning =
        The computer has no working network connection: the cable is unplugged, Wi-Fi is off, or airplane mode is on.
        Nothing on the network can be reached until that changes. In exact terms, no interface but loopback has
        carrier and an operational state of "up" (RFC 2863).

cause-link-wifi-weak = The Wi-Fi signal is too weak to carry your data reliably.
    .explanation =
        This computer is joined to Wi-Fi, but too far from the access point or disturbed by something nearby.
        Signal strength or bit rate is below what traffic needs{ in-brackets }, and packets to the gateway are lost.
    .meaning =
        Wi-Fi is connected, but the signal is so weak or disturbed that data is lost on the first few metres.
        In exact terms, the received signal (RSSI) or the bit rate is too low, and packets to the gateway are lost.

cause-ip-no-address = The network has not given this computer an address.
    .explanation =
        The cable or Wi-Fi works, but without an address nothing can be sent or received.
        The interface{ in-brackets } has no usable IP address; DHCP gave none, or only a self-assigned one exists.
    .meaning =
        Each computer needs an address from its network, much like a telephone number. This one did not get any.
        In exact terms, the interface is up, but it has no IP address or only a link-local one (169.254.0.0/16):
        the DHCP server did not answer.

cause-ip-address-conflict = Another device on your network is using the same address as this computer.
    .explanation =
        Answers meant for this computer may arrive at the other device, so connections break at random.
        Another hardware address answers ARP or neighbour discovery for this computer's IP address{ in-brackets }.
    .meaning =
        Two devices on the same network use one address, so that answers go to either of them at random.
        In exact terms, a foreign MAC address answers ARP probes (RFC 5227) or duplicate address detection (RFC 4862).

cause-ip-no-default-route = This computer does not know the way out of its own network.
    .explanation =
        It has an address, but no router to send things to, so only neighbouring devices can be reached.
        There is no default route; the system answers ENETUNREACH at once, without sending a packet.
    .meaning =
        The computer is in a network but was not told which router leads to the rest of the world.
        In exact terms, no route matches the destination: the default route (0.0.0.0/0 or ::/0) is missing.

cause-ip-gateway-unreachable = The router that connects your network to the internet does not answer.
    .explanation =
        This computer knows its router, but the router is off, restarting, or no longer at that address{ in-brackets }.
        Its neighbour entry is FAILED or INCOMPLETE: nobody answers ARP or neighbour discovery for the gateway.
    .meaning =
        Everything that leaves your network passes through one router, and that router does not answer.
        In exact terms, the next hop of the default route cannot be resolved to a hardware address (ARP, RFC 826;
        neighbour discovery, RFC 4861), which ends in EHOSTUNREACH.

cause-ip-local-route-block = A setting on this computer keeps it from reaching { $target }.
    .explanation =
        Other targets work. A route on this computer{ in-brackets } sends everything for this one nowhere.
        The route lookup for { $address } ends in a blackhole, unreachable or prohibit route, or in a wrong static one.
    .meaning =
        The computer's own table of ways holds an entry that swallows the traffic for this one target.
        VPN programs, container tools and manual settings leave such entries behind. In exact terms, the most specific
        route is of type blackhole, unreachable or prohibit, or a static route to the wrong place.

cause-ip-ipv6-broken = One of your two internet protocols, IPv6, does not work; the older IPv4 does.
    .explanation =
        Programs try IPv6 first and lose time, or fail, before they fall back to IPv4.
        Global IPv6 addresses are configured and preferred (RFC 6724), but connections over IPv6 are not answered.
    .meaning =
        Computers use two kinds of addresses side by side, IPv4 and IPv6. Here IPv6 is set up but leads nowhere.
        In exact terms, a global IPv6 address and route exist, connects over IPv6 fail or stay silent, and the same
        targets answer over IPv4. Clients without Happy Eyeballs (RFC 8305) wait for a time-out first.

cause-vpn-tunnel-stalled = Your VPN says it is connected, but nothing comes back through it.
    .explanation =
        Traffic for { $target } goes into the VPN and is never answered; targets beside the VPN work.
        The route leads into a tunnel interface{ in-brackets } that is up, with no traffic returning.
    .meaning =
        The VPN looks connected, but its other end no longer answers; this often happens after sleep or a network change.
        In exact terms, the tunnel interface is up and holds the route, while nothing behind it answers.

cause-vpn-disconnected = { $target } can only be reached through a VPN, and the VPN is not connected.
    .explanation =
        The service belongs to an internal network, and this computer is outside it at the moment.
        The target is a private or internal address or name, and no tunnel interface holds a route to it.
    .meaning =
        The service is inside a company network that can only be reached through a VPN, and the VPN is off.
        In exact terms, the target is a private address (RFC 1918, RFC 4193) or is marked as internal in the profile, and
        no tunnel route leads to it.

## Name resolution

cause-dns-no-resolver = This computer has not been told which server looks up names.
    .explanation =
        Names such as example.com cannot be turned into addresses, so almost nothing opens.
        No DNS server is configured at all: the list of resolvers is empty.
    .meaning =
        Names must be turned into numeric addresses before anything can be reached, and no server for that is set.
        In exact terms, the resolver configuration (resolv.conf, systemd-resolved, the adapter's settings) names no server.

cause-dns-resolver-unreachable = The server that looks up names for this computer does not answer.
    .explanation =
        The network itself works, but names cannot be turned into addresses.
        Every configured DNS server is silent or refuses{ in-brackets }; connections that need no name succeed.
    .meaning =
        Names are turned into addresses by a DNS server. Those set on this computer do not answer, so almost nothing
        opens although the network works. In exact terms, no configured resolver answers on UDP or TCP port 53, while a
        reference resolver or a literal address can be reached.

cause-dns-resolver-partial = One of the servers that look up names does not answer, which makes everything slow.
    .explanation =
        Each new name waits for the dead server first, and then the next one answers.
        The first configured DNS server{ in-brackets } is silent; a later one works after the resolver's time-out.
    .meaning =
        Several name servers are set, and the first does not answer. Each look-up waits some seconds and then succeeds.
        In exact terms, resolvers earlier in the list time out, and the stub falls back to the next one
        (resolv.conf: timeout, 5 seconds by default).

cause-dns-resolver-failing = The server that looks up names answers with an error for { $host }.
    .explanation =
        Other name servers know { $host }, so the name itself is fine.
        The configured DNS server{ in-brackets } answers SERVFAIL or REFUSED where others answer with an address.
    .meaning =
        The name exists, but the name server that this computer uses fails to look it up.
        In exact terms, it answers SERVFAIL or REFUSED (RFC 1035, 4.1.1) while other resolvers answer. Usual reasons are a
        failed DNSSEC validation, a broken forwarder, or a server that does not serve this computer.

cause-dns-name-not-found = The name { $host } does not exist.
    .explanation =
        It may be misspelt, no longer in use, or known only inside a company network.
        Every DNS server that was asked answers NXDOMAIN.
    .meaning =
        Nobody has registered this name, or it was removed. Most often it is misspelt.
        In exact terms, all resolvers agree on NXDOMAIN (RFC 1035, RFC 8020).

cause-dns-no-address-record = The name { $host } exists, but no address is stored for it.
    .explanation =
        Whoever runs the name has not entered a server for it, so there is nothing to connect to.
        DNS answers NOERROR without A or AAAA records (NODATA, RFC 2308).
    .meaning =
        The name is registered, but its owner has not said which server it belongs to.
        In exact terms, the answer is NODATA: NOERROR with neither A nor AAAA records (RFC 2308). The name may be
        meant for mail only.

cause-dns-stale-answer = This computer still uses an old address for { $host }.
    .explanation =
        The service has moved. Other name servers already give the new address, and that one works.
        The cached answer{ in-brackets } points to an address that no longer serves.
    .meaning =
        The service has moved to another address, but a memory on the way still holds the old one.
        In exact terms, a cache (in the program, the system or the resolver) serves an outdated record, while independent
        resolvers return another address that accepts connections.

cause-dns-hosts-override = A list on this computer sends { $host } to a wrong address.
    .explanation =
        The hosts file has a fixed entry for this name, and that address does not serve it.
        The entry{ at-place } overrides DNS, whose own answer works.
    .meaning =
        The hosts file is a small list on the computer that beats every name server. An entry in it is out of date.
        In exact terms, a line of the hosts file pins the name to an address that does not serve it, while the address from
        DNS works.

cause-dns-hijacked = The server that looks up names gives invented answers.
    .explanation =
        It sends people somewhere else than where the name belongs, for example to a sign-in or advertising page.
        The resolver{ in-brackets } answers names that cannot exist, or gives a foreign address for a known name.
    .meaning =
        Somebody between this computer and the internet replaces the answers of name look-ups.
        In exact terms, the resolver returns addresses for random non-existent names instead of NXDOMAIN, or addresses
        that no independent resolver gives.

cause-dns-split-horizon = { $host } is known only inside your organisation, and this computer asks outside.
    .explanation =
        The name server in use is a public one, which cannot know internal names. The VPN or office network brings the right one.
        The public resolver{ in-brackets } answers NXDOMAIN or REFUSED; the internal one knows the name.
    .meaning =
        Companies often have names that only their own name server knows. This computer asks a public one instead.
        In exact terms, the zone is served by internal resolvers only (split DNS), and the resolver in use is not one of them.

cause-dns-slow = Looking up names takes too long.
    .explanation =
        Each new name costs more time than a program wants to wait, so pages stall before they begin to load.
        The resolver{ in-brackets } answers correctly, but late, in repeated measurements.
    .meaning =
        Turning names into addresses works, but so slowly that programs give up or feel sluggish.
        In exact terms, the distribution of DNS round trips is too high, and no configured server is dead.

cause-dns-tcp-blocked = Long answers to name look-ups do not get through.
    .explanation =
        Short answers arrive, but the one for { $host } is too long for a single packet and needs a second way.
        The answer is truncated (TC bit), and the repetition over TCP port 53 is blocked{ in-brackets }.
    .meaning =
        Most name look-ups fit in one packet; longer ones need a connection, and something blocks that connection.
        In exact terms, the UDP answer has the TC bit set, and DNS over TCP port 53 (RFC 7766) fails.

## Firewalls and middleboxes

cause-firewall-local-outbound = A firewall on this computer stops the connection before it leaves.
    .explanation =
        Nothing reaches the network: a rule on this computer blocks { $target }.
        The outgoing packet is dropped or rejected locally{ in-brackets } (EPERM, EACCES, or faster than any round trip).
    .meaning =
        Protection software or firewall rules on this very computer block the outgoing connection.
        In exact terms, a rule or policy in the output path drops or rejects the packet; sends fail with EPERM or EACCES, or
        no packet appears on the wire.

cause-firewall-local-inbound = This computer's firewall keeps others from reaching a service that runs here.
    .explanation =
        The service works from this computer itself, but other devices are not let in.
        A listener on { the-port } accepts connections; the input rules or default policy{ in-brackets } drop them.
    .meaning =
        A program here offers a service and works, but the computer's own firewall turns visitors away.
        In exact terms, the socket listens on a reachable address, while an input rule or the default policy drops or rejects
        the packets.

cause-firewall-rejected = A firewall on the way forbids the connection to { $target }.
    .explanation =
        A device in the network{ in-brackets } says that this connection is not allowed.
        It answers with an ICMP error such as "administratively prohibited"{ $has-icmp ->
            [yes] { " " }(type/code { $icmp })
           *[no] { "" }
        }.
    .meaning =
        A firewall on the way refuses the connection and says so, which is the polite way of blocking.
        In exact terms, a router or host answers with ICMP destination unreachable, administratively prohibited (RFC 1812,
        5.2.7.1) or its ICMPv6 counterpart (RFC 4443, 3.1).

cause-firewall-dropped = A firewall on the way silently discards the connection to { $target }.
    .explanation =
        The server can be reached otherwise, but nothing ever comes back from { the-port }.
        SYN packets to it vanish{ at-place } without any answer, while the same host answers on other ports or to ping.
    .meaning =
        A firewall on the way throws the packets away without saying so; the program waits until it gives up.
        In exact terms, SYNs to this port are not answered at all, neither by SYN-ACK nor RST nor ICMP, while the same host
        answers on other ports or protocols.

cause-firewall-reset-injected = A device on the way breaks the connection; it is not the server.
    .explanation =
        The connection to { $target } is cut by something in between that dislikes what it sees.
        The RST has a foreign TTL or arrives faster than a round trip{ in-brackets }, after the name was sent.
    .meaning =
        A filter on the way pretends to be the server and hangs up.
        In exact terms, a middlebox injects TCP RST segments: their TTL differs from the server's, or they come faster than
        the round trip, typically after the TLS server name or the HTTP host was seen.

cause-net-captive-portal = This network wants you to sign in before it lets you through.
    .explanation =
        Hotels, trains and guest networks show a page first; until then everything else is blocked or redirected.
        The connectivity check was redirected or rewritten instead of answering 204{ in-brackets }.
    .meaning =
        A guest network wants a sign-in or a click on "accept" before it opens the way to the internet.
        In exact terms, a captive portal (RFC 8952) answers the HTTP connectivity check in place of its server.

## Proxies

cause-proxy-unreachable = The proxy that this computer is set to use does not answer.
    .explanation =
        A proxy is a go-between for web traffic. The one in the settings{ in-brackets } is off or out of reach.
        TCP connections to the configured proxy are refused or stay unanswered.
    .meaning =
        Programs are told to send their traffic through a go-between, and that go-between does not answer.
        In exact terms, connections to the configured proxy are refused or time out.

cause-proxy-name-unresolved = The proxy in the settings has a name that cannot be found.
    .explanation =
        Programs cannot reach their go-between for web traffic because its name leads nowhere{ in-brackets }.
        The name of the configured proxy does not resolve in DNS.
    .meaning =
        The go-between for web traffic is set by name, and this name does not exist here.
        In exact terms, DNS has no address for the configured proxy's host; often it is known only inside the company network.

cause-proxy-auth-required = The proxy wants you to sign in.
    .explanation =
        The go-between for web traffic{ in-brackets } works, but the program did not give it a user name and password.
        It answers 407 Proxy Authentication Required (RFC 9110, 15.5.8).
    .meaning =
        The go-between for web traffic only lets known users through, and the program did not sign in.
        In exact terms, the proxy answers 407 with the schemes that it accepts in Proxy-Authenticate.

cause-proxy-denied = The proxy does not allow { $target }.
    .explanation =
        Other targets pass through the go-between{ in-brackets }; this one is forbidden by its rules.
        The proxy answers the request for this target with 403, 405 or 451, or with a policy page.
    .meaning =
        The organisation's go-between for web traffic blocks this target by a rule.
        In exact terms, it answers CONNECT with 403, 405 or 451 or with a policy page, while other targets pass.

cause-proxy-upstream-failed = The proxy works, but cannot reach { $target } itself.
    .explanation =
        The connection to the go-between{ in-brackets } is fine; the trouble is behind it.
        The proxy answers the request for this target with 502, 503 or 504.
    .meaning =
        The go-between for web traffic tried to reach the target for you and failed.
        In exact terms, it answers CONNECT with 502, 503 or 504: name resolution, route or connect failed on its side.

cause-proxy-required = This network only lets traffic out through a proxy, and the program does not use it.
    .explanation =
        Direct connections to { $target } are blocked; through the known proxy{ in-brackets } the target answers.
        Direct SYNs stay unanswered or are rejected, while CONNECT through the proxy succeeds.
    .meaning =
        The network wants all web traffic to pass through a go-between, but this program tries to go directly.
        In exact terms, direct connects are dropped or rejected, and CONNECT through the proxy from the system settings, the
        PAC file or the environment succeeds.

cause-proxy-bypass-missing = { $target } is sent through a proxy although it must be reached directly.
    .explanation =
        The service is internal; the go-between{ in-brackets } cannot reach it, but this computer can.
        Through the proxy the target fails, directly it answers: it is missing in NO_PROXY or in the bypass list.
    .meaning =
        An internal service is sent through the go-between for web traffic, which cannot reach it.
        In exact terms, the host is missing in NO_PROXY, in the bypass list or as DIRECT in the PAC file.

cause-proxy-pac-unavailable = The file that tells programs which proxy to use cannot be loaded.
    .explanation =
        The proxy settings are fetched from an address{ in-brackets } that does not deliver a usable file.
        The PAC file cannot be fetched or does not evaluate; some programs then go directly, others fail.
    .meaning =
        Proxy settings can come from a small program on a server. That file cannot be loaded or is broken.
        In exact terms, fetching or evaluating the proxy auto-configuration file (FindProxyForURL) fails.

## The path

cause-path-no-route = The network does not know a way to { $target }.
    .explanation =
        A router{ in-brackets } reports that nobody told it where this address is.
        It answers "network unreachable": ICMP type 3 code 0 or 6, ICMPv6 type 1 code 0.
    .meaning =
        A router on the way has no entry for this destination and says so.
        In exact terms, it answers ICMP network unreachable (type 3, code 0 or 6) or ICMPv6 "no route to destination"
        (type 1, code 0).

cause-path-host-unreachable = The network of { $target } is reached, but the computer itself is not there.
    .explanation =
        The last router{ in-brackets } says that nobody answers at this address: the server is off, or the address is wrong.
        It answers "host unreachable": ICMP type 3 code 1 or 7, ICMPv6 type 1 code 3.
    .meaning =
        Everything works up to the last router, which cannot find the computer: it is off, or its address is wrong.
        In exact terms, the last router's ARP or neighbour discovery fails, and it answers ICMP host unreachable
        (type 3, code 1; ICMPv6 type 1, code 3).

cause-path-host-silent = The server { $host } gives no sign of life.
    .explanation =
        The way to it is fine up to the last metres, but the server answers nothing, on any port.
        The trace reaches its neighbourhood{ in-brackets }; SYN, ICMP echo and UDP probes stay without any reply.
    .meaning =
        The way leads to the server's door, but nobody answers there in any manner: it is off, frozen, or hidden.
        In exact terms, the trace reaches the target's edge, and no probe of any protocol to the host is answered.

cause-path-blackhole = Everything towards { $target } disappears on the way.
    .explanation =
        Far from the target, at one point in the network, packets vanish without a word.
        Traces in every protocol end at the same hop{ in-brackets }, and nothing behind it answers.
    .meaning =
        Somewhere in the middle of the way packets disappear. This is usually a failure at a network provider.
        In exact terms, TCP, UDP and ICMP traces all end at the same hop, far from the target: the next hop has no return
        route, or a link or filter discards everything.

cause-path-routing-loop = Routers send the traffic for { $target } round in circles.
    .explanation =
        Two or more routers each believe the other knows the way{ in-brackets }, so nothing arrives.
        The same hops repeat in the trace until the time to live is exceeded (ICMP type 11 code 0).
    .meaning =
        Routers hand the packets to each other in a circle until they expire.
        In exact terms, the trace shows the same hops again and again, and connects end with ICMP time exceeded in transit.

cause-path-loss = A part of the data gets lost on the way to { $target }.
    .explanation =
        Connections work sometimes, slowly, or not at all, because packets have to be sent again and again.
        { $has-loss-percent ->
            [yes] About { $loss-percent } % are lost, and SYNs are retransmitted.
           *[no] The loss continues to the target, and SYNs are retransmitted.
        }
    .meaning =
        Some of the packets never arrive. Weak Wi-Fi, a full line or a broken device on the way are the usual reasons.
        In exact terms, the loss ratio begins at one hop and continues to the end; loss at a single hop that does not
        continue means nothing.

cause-path-latency = The way to { $target } takes too long.
    .explanation =
        Everything arrives, but late: because of distance, a slow link, or a line that is full.
        Round-trip times are above what the client can afford{ $has-connect-ms ->
            [yes] { " " }({ $connect-ms } ms to connect)
           *[no] { "" }
        }, idle or under load (bufferbloat).
    .meaning =
        Packets arrive, but take so long that programs feel slow or give up.
        In exact terms, the round-trip time is too high, either always (distance, a satellite link) or under load, when queues on
        the way fill up (bufferbloat).

cause-path-mtu-blackhole = Small packets reach { $target }, but large ones disappear on the way.
    .explanation =
        The connection begins well and freezes as soon as more data flows; VPNs are a common reason.
        A link on the way{ in-brackets } has a smaller MTU, and its ICMP "fragmentation needed" does not arrive.
    .meaning =
        A stretch of the way takes only smaller packets, and the message saying so gets lost: pages begin to load and freeze.
        In exact terms, path MTU discovery (RFC 1191, RFC 8201) fails because ICMP is filtered; full-size segments with DF
        set vanish.

## The service

cause-service-refused = { $host } can be reached, but no service is running there on { the-port }.
    .explanation =
        The server itself answers and says that nothing is offered there: it is stopped, or listens on another port.
        The host answers the SYN with RST within one round trip (ECONNREFUSED).
    .meaning =
        The server is there, but the program that should answer is not running, or uses another port.
        In exact terms, the host itself answers with RST, which the client sees as "connection refused" (ECONNREFUSED, 10061).

cause-service-wrong-port = The service you want answers on another port than { $port }.
    .explanation =
        Nothing suitable is at { the-port }, but the expected service was found nearby{ at-place }.
        What answers on { the-port } is a refusal or another protocol; a usual alternative answers as expected.
    .meaning =
        The address is right, but the number after the colon is not: the service answers on another usual port.
        In exact terms, the port asked for refuses or speaks another protocol, and a usual alternative port answers as expected.

cause-service-overloaded = { $host } is too busy to accept every connection.
    .explanation =
        Some attempts succeed and some do not, although the way to the server is clean.
        SYNs are dropped or accepted late in turn while ICMP shows no loss: the accept backlog is full or the CPU is short.
    .meaning =
        The server gets more visitors than it can handle and turns some of them away.
        In exact terms, connects to the same address succeed and time out in turn, while the path has no loss: the listen backlog
        overflows.

cause-service-partial-backends = Only some of the servers behind { $host } work.
    .explanation =
        The name leads to several servers, and depending on which one is picked it works or fails.
        At least one of the name's addresses{ in-brackets } does not serve, while others do.
    .meaning =
        One name stands for several servers, and some of them are out of order. It works for some people and not for others.
        In exact terms, DNS returns several addresses, of which some refuse, stay silent or fail in TLS.

cause-service-no-response = { $target } accepts the connection, but then never answers.
    .explanation =
        The program on the server takes the call and stays silent: it hangs, or waits for something itself.
        TCP connect is fast and the request is acknowledged, but no byte comes back (read time-out).
    .meaning =
        The server picks up, but says nothing. Most often the program behind it is stuck or waits for a database.
        In exact terms, the connection stands and the request is acknowledged by the kernel, and the application sends nothing
        until the read time-out.

cause-service-slow = { $target } answers, but later than your program is willing to wait.
    .explanation =
        The way to the server is quick; the server itself needs long to think.
        Time to first byte exceeds the client's time-out, while the TCP handshake takes a normal round trip.
    .meaning =
        The server does answer, but so late that the program has already given up.
        In exact terms, the time to first byte is longer than the client's read time-out, and the round trip is short.

cause-service-closed-early = { $target } accepts the connection and hangs up without an answer.
    .explanation =
        The program on the server ends the conversation at once; it may be failing, restarting, or refusing this computer.
        After the accept or the request comes FIN or RST from the host itself, before any data.
    .meaning =
        The server picks up and hangs up again without a word. It may be crashing, or not willing to talk to this computer.
        In exact terms, FIN or RST follows the accept or the request, with the host's own TTL and without a byte of answer.

cause-service-wrong-protocol = Something else than expected answers at { $target }.
    .explanation =
        There is a service, but it speaks another language than your program, for example plain instead of encrypted.
        The first bytes do not belong to the expected protocol{ in-brackets }.
    .meaning =
        A program answers, but not the kind that was expected: like reaching a fax machine by telephone.
        In exact terms, the first bytes belong to another protocol: plain HTTP on a TLS port, TLS on a plain port, SSH, and so on.

cause-service-rate-limited = { $target } limits how often it may be asked, and the limit is reached.
    .explanation =
        The service works, but this program asks too often.
        It answers HTTP 429 Too Many Requests (RFC 6585), possibly with Retry-After.
    .meaning =
        The service protects itself against too many requests and asks to slow down.
        In exact terms, it answers 429 Too Many Requests, with Retry-After or RateLimit headers.

## TLS and time

cause-tls-expired = The security certificate of { $host } is out of date.
    .explanation =
        A certificate proves that a server is genuine, and this one has run out; its owner must renew it.
        { $has-expired-days ->
            [yes] Its validity (notAfter) ended { days-ago }.
           *[no] Its validity (notAfter) has ended.
        } This computer's clock was checked.
    .meaning =
        Certificates prove that a server is genuine and are valid for a limited time only. This one was not renewed.
        In exact terms, notAfter (RFC 5280, 4.1.2.5) lies in the past, and this computer's clock is right.

cause-tls-not-yet-valid = The security certificate of { $host } is not valid yet.
    .explanation =
        A certificate proves that a server is genuine, and this one begins in the future; the server's owner must replace it.
        Its validity (notBefore) has not begun. This computer's clock was checked.
    .meaning =
        The certificate that proves the server genuine is dated in the future.
        In exact terms, notBefore (RFC 5280, 4.1.2.5) lies ahead, and this computer's clock is right.

cause-tls-hostname-mismatch = The server shows a certificate that belongs to another name than { $host }.
    .explanation =
        It may be the wrong server, or a certificate that was issued without this name.
        { $has-names ->
            [yes] Its subject alternative names are { $names }.
           *[no] The name is not among its subject alternative names.
        }
    .meaning =
        The server identifies itself, but under another name than the one asked for.
        In exact terms, the name matches none of the certificate's subject alternative names (RFC 6125, RFC 9525).

cause-tls-untrusted = This computer does not trust whoever vouches for { $host }.
    .explanation =
        The certificate is signed by itself or by an authority that this computer does not know.
        { $has-issuer ->
            [yes] Its issuer is { $issuer }; no path leads to a trusted root.
           *[no] No certification path leads to a trusted root.
        }
    .meaning =
        Certificates are signed by authorities that computers know. This one is not, as is usual for internal and test servers.
        In exact terms, the chain is self-signed or ends at a root that is not in this system's trust store.

cause-tls-incomplete-chain = { $host } does not send everything that is needed to check its certificate.
    .explanation =
        Browsers often find the missing piece by themselves; other programs fail.
        The server leaves out an intermediate certificate; with it the chain is complete.
    .meaning =
        Between a server's certificate and a known authority there are links in between, and the server does not send them.
        In exact terms, an intermediate certificate is missing in the handshake (RFC 8446, 4.4.2).

cause-tls-intercepted = Something on the way opens encrypted connections and inspects them.
    .explanation =
        A security product or proxy shows its own certificates instead of those of { $host }.
        { $has-issuer ->
            [yes] The issuer is { $issuer }, the same for unrelated hosts.
           *[no] The same issuer signs for unrelated hosts.
        }
    .meaning =
        A company firewall or an antivirus program reads along in encrypted traffic. Programs that do not know its authority
        refuse to connect. In exact terms, a TLS inspecting middlebox re-signs certificates with its own authority.

cause-tls-version-mismatch = Your program and { $host } have no common kind of encryption.
    .explanation =
        One of them is too old for the other, so they cannot agree.
        No TLS version or cipher suite is common (alert protocol_version or handshake_failure).
    .meaning =
        Encryption methods age, and one side offers only old ones or only new ones.
        In exact terms, the handshake ends with the alert protocol_version, handshake_failure or insufficient_security.

cause-tls-client-certificate-required = { $host } wants a certificate from this computer, and none was shown.
    .explanation =
        The server only lets in those who can identify themselves with a certificate of their own.
        It sends CertificateRequest, and then an alert such as certificate_required.
    .meaning =
        Some services want visitors to prove who they are with a certificate of their own (mutual TLS).
        In exact terms, the server sends CertificateRequest (RFC 8446, 4.3.2) and ends the handshake without one.

cause-tls-handshake-dropped = The connection to { $target } stands, but the start of encryption is swallowed on the way.
    .explanation =
        A filter in the network{ in-brackets } lets the connection through and discards its first encrypted message.
        TCP connects quickly, the ClientHello is never answered, and other server names pass.
    .meaning =
        A filter lets the connection begin but discards the first encrypted message, mostly because of the name in it.
        In exact terms, the TCP handshake succeeds, and the ClientHello gets no answer, while other server names (SNI) do.

cause-host-clock-skew = The clock of this computer is wrong.
    .explanation =
        Because of that, valid certificates look expired or not yet valid.
        It disagrees with the Date header of servers or with NTP.
    .meaning =
        Encrypted connections need the right date. With a wrong clock, good certificates look expired or not yet valid.
        In exact terms, the system clock differs from HTTP Date or NTP by more than certificates tolerate.

## Gateways and HTTP

cause-gateway-bad-gateway = { $host } answers, but the system behind it does not work properly.
    .explanation =
        The front door of the service is open; what stands behind it gave no usable answer.
        A gateway answers HTTP 502 Bad Gateway{ in-brackets }.
    .meaning =
        The service consists of a front door and systems behind it, and the systems behind gave a broken answer.
        In exact terms, a gateway answers 502 Bad Gateway (RFC 9110, 15.6.3).

cause-gateway-unavailable = { $host } says that the service is not available at the moment.
    .explanation =
        It is overloaded or under maintenance; the network is fine.
        The answer is HTTP 503 Service Unavailable{ in-brackets }.
    .meaning =
        The service itself says that it cannot work right now: maintenance or overload.
        In exact terms, it answers 503 Service Unavailable (RFC 9110, 15.6.4), possibly with Retry-After.

cause-gateway-upstream-timeout = { $host } is reached, but the system behind it does not answer in time.
    .explanation =
        The network between here and the front door is fine; the trouble is behind it.
        A gateway answers HTTP 504 Gateway Timeout{ in-brackets }: its upstream was not reached or stayed silent.
    .meaning =
        The front door of the service waits for a system behind it and gives up. Your own network is fine.
        In exact terms, a gateway answers 504 Gateway Timeout (RFC 9110, 15.6.5): the upstream server did not answer it in time.

cause-http-request-timeout = { $target } gave up waiting for your program to finish its request.
    .explanation =
        The program began a request and sent the rest too slowly or not at all.
        The server answers HTTP 408 Request Timeout.
    .meaning =
        The server waited for the rest of a request that did not come in time.
        In exact terms, it answers 408 Request Timeout (RFC 9110, 15.5.9).

cause-http-unauthorized = { $target } works, but does not let you in.
    .explanation =
        The network is fine. The service wants you to sign in, or your account lacks permission.
        { $has-status ->
            [yes] It answers HTTP { $status } itself.
           *[no] It answers HTTP 401 or 403 itself.
        }
    .meaning =
        The way is fine and the service answers; it just does not know you, or does not allow this.
        In exact terms, the service itself answers 401 Unauthorized or 403 Forbidden (RFC 9110).

## This computer as a client

cause-client-timeout-too-short = Your program gives up sooner than the way to { $target } allows.
    .explanation =
        The service answers, but needs a little longer than the program waits.
        { $has-timeout-ms ->
            [yes] The client's time-out is { $timeout-ms } ms; the measured time is above it.
           *[no] The measured connect or first-byte time is above the client's time-out.
        }
    .meaning =
        Everything works, but the program's patience is shorter than this way and this service need.
        In exact terms, the client's connect or read time-out lies below the measured distribution of times.

cause-host-ephemeral-ports-exhausted = This computer has no free numbers left for new connections.
    .explanation =
        Each outgoing connection needs a local number, and all are in use.
        The ephemeral port range is exhausted (EADDRNOTAVAIL), usually by sockets in TIME_WAIT.
    .meaning =
        Each connection uses one of some thousand local numbers (ports), and a program has used them all.
        In exact terms, connect(2) fails with EADDRNOTAVAIL; the local port range is full of open or TIME_WAIT sockets.

cause-host-file-descriptors-exhausted = A program here has too many files and connections open to open another.
    .explanation =
        Programs may hold only a limited number of files and connections, and the limit is reached{ in-brackets }.
        The system answers EMFILE (process limit) or ENFILE (system limit).
    .meaning =
        Each open file and connection counts, and the limit of the program or the system is reached, often through a leak.
        In exact terms, socket(2) or accept(2) fails with EMFILE or ENFILE.

cause-host-cpu-saturated = This computer is too busy to keep up.
    .explanation =
        Programs wait so long for their turn that connections time out, although the network is fine.
        Load and CPU pressure (PSI) are high.
    .meaning =
        The computer has so much to do that programs miss their time limits.
        In exact terms, load, CPU pressure (PSI) or scheduling delay is high.

cause-host-memory-exhausted = This computer has run out of memory and is slowed down by it.
    .explanation =
        It moves data to and from the disk all the time, so connections time out although the network is fine.
        Available memory is nearly zero, and swap use or memory pressure (PSI) is high.
    .meaning =
        Memory is full, and the computer spends its time moving data to the disk and back.
        In exact terms, available memory is nearly zero, and swapping or memory pressure (PSI) is high.

## This computer as a server

cause-local-not-listening = No program on this computer offers a service on { the-port }.
    .explanation =
        The target is this very computer, and the program that should answer is not running.
        The listener table has no socket on { the-port }.
    .meaning =
        The service should run on this computer, but its program is not started, or uses another port.
        In exact terms, no socket listens on that port in the system's listener table.

cause-local-wrong-interface = The service runs here, but does not accept connections on the address you use.
    .explanation =
        It listens on another address of this computer, usually the one for programs on this computer only.
        The socket on { the-port } is bound to a single address{ in-brackets }; the target is { $address }.
    .meaning =
        The program is running, but it only takes visitors at another address of this computer, often only from itself.
        In exact terms, the socket is bound to loopback or to another address than the target.

cause-local-wrong-family = The service runs here, but your program calls it over the other internet protocol.
    .explanation =
        It listens on IPv4 only or on IPv6 only, and the name used leads to the other one.
        { $host } resolves to { $address }; the socket on { the-port } is of the other address family.
    .meaning =
        The program takes visitors over one internet protocol only, and the name "localhost" leads to the other.
        In exact terms, the listener's address family is not the one that the name resolves to first (::1 or 127.0.0.1).

cause-local-accept-queue-full = The service on this computer no longer picks up new connections.
    .explanation =
        Its program is stuck or too slow, and the waiting line for new connections is full{ in-brackets }.
        The accept queue has reached the backlog, and the kernel drops further handshakes (ListenOverflows).
    .meaning =
        New visitors wait in a line until the program picks them up. The program does not, and the line is full.
        In exact terms, the accept queue of the listening socket has reached its backlog (listen(2), somaxconn).

cause-local-process-stopped = The program that should answer on this computer is paused or frozen.
    .explanation =
        The system accepts connections for it{ in-brackets }, but nobody reads them.
        The process is stopped (state T) or hangs; its sockets hold unread bytes.
    .meaning =
        The program was paused (for example with Ctrl-Z or a debugger) or hangs, so that connections are accepted but not served.
        In exact terms, the kernel completes handshakes, while the process is in state T or D and reads nothing.

cause-local-port-taken = Another program on this computer already uses { the-port }.
    .explanation =
        The service that you expect cannot start there, and something else answers in its place.
        The listener on { the-port } belongs to another process than expected{ in-brackets }.
    .meaning =
        Only one program can use a port, and here another one was faster.
        In exact terms, bind(2) fails with EADDRINUSE; the listening socket belongs to another process.
