### Words of reports in every form: text, HTML, Markdown; and of the window where it shows a report.

## Verdicts: the first sentence

verdict-problem = We found what is wrong.
verdict-problem-likely = We probably found what is wrong.
verdict-healthy = Everything that was checked works.
verdict-healthy-target = { $target } works.
verdict-inconclusive = The measurements do not say what is wrong.
verdict-interrupted = The check was stopped; this is what is known so far.
verdict-healthy-more = If the trouble comes and goes, check again while it is there.
verdict-out-of-time-more = The time ran out before all was measured. Check again and give it longer (in the terminal: --budget 60s).
verdict-inconclusive-more = Check again while the trouble is there, or hand this report to somebody who knows the network.

## How sure, in words

confidence-95 = practically certain
confidence-85 = very likely
confidence-70 = likely
confidence-50 = more likely than not
confidence-25 = possible
confidence-0 = unlikely

## Who can act

who-user = you, at this computer
who-admin = an administrator of this computer
who-network = the team or provider that runs the network
who-server = whoever runs the server
who-developer = the developer of the program

risk-none = no risk
risk-reversible = can be taken back
risk-cuts-network = cuts the network for a moment

rights-user = no special rights
rights-administrator = administrator rights
rights-somebody-else = somebody else acts

minutes =
    { $count ->
        [1] about a minute
       *[other] about { $count } minutes
    }
workaround = goes round the fault, does not repair it

## The way

station-computer = This computer
station-local-network = Local network
station-names = Name look-up
station-proxy-or-vpn = Proxy or VPN
station-path = Provider and path
station-service = Service

status-waiting = waiting
status-checking = checking
status-fine = fine
status-attention = attention
status-broken = broken
status-unknown = not known

## Places

place-interface = interface { $name }
place-route = route { $name }
place-hop = router { $name }
place-resolver = name server { $name }
place-rule = rule { $name }
place-file = { $name }
place-proxy = proxy { $name }
place-process = program { $name }
place-address = address { $name }
place-service = service { $name }
place-setting = setting { $name }

## Protocols, roles and topics, inside sentences

protocol-tcp = TCP
protocol-tls = TLS
protocol-http = HTTP
protocol-https = HTTPS
protocol-ssh = SSH
protocol-postgres = PostgreSQL
protocol-mysql = MySQL
protocol-redis = Redis
protocol-smtp = SMTP
protocol-imap = IMAP
protocol-pop3 = POP3
protocol-ftp = FTP
protocol-ldap = LDAP
protocol-amqp = AMQP
protocol-mongodb = MongoDB

role-target = the target
role-alternative = a usual alternative port
role-neighbour = another port of the same host
role-other-answer = an address from another name server
role-reference = an independent host
role-proxy = the proxy
role-resolver = the name server
role-gateway = the router

lookup-role-configured = configured name server
lookup-role-reference = independent name server
lookup-role-random = a name that cannot exist
lookup-role-control = a well-known name
lookup-role-proxy = the proxy's name

topic-interfaces = Network interfaces
topic-routes = Routes
topic-neighbours = Devices on the local link
topic-resolvers = Name servers in the settings
topic-hosts = Hosts file
topic-proxy-settings = Proxy settings
topic-firewall = Firewall of this computer
topic-listeners = Services on this computer
topic-tunnels = VPN tunnels
topic-limits = Limits of this computer
topic-load = Load of this computer
topic-clock = Clock

## What was measured

request-fact = { $topic }
request-route-to = Route to { $address }
request-lookup = Look-up of { $name } ({ $record }) at { $server }, { $role }
request-system-lookup = The system's own look-up of { $name }
request-connect = Connection to { $to }, { $role }
request-samples = { $count } connections in a row to { $to }
request-egress = Whether this computer lets packets out to { $to }
request-first-hop = Whether the first router sees packets to { $to } and to port { $control }
request-trace = The way to { $to } ({ $method }), { $role }
request-echo = Ping to { $to }, { $role }
request-mtu = Largest packet to { $to }
request-greeting = First words of { $expect } at { $to }
request-tls = Encryption (TLS) with { $name } at { $to }
request-tls-small = Encryption (TLS) with { $name } at { $to }, with small packets
request-http = Request for { $url } at { $to }
request-http-small = Request for { $url } at { $to }, with small packets
request-http-proxy = Request for { $url } through the proxy { $to }
request-proxy = Connection to { $to } through the proxy { $proxy }
request-pac = Automatic proxy settings from { $url }
request-connectivity = Connectivity check { $url }

## Why it was measured

why-basis = Every check begins with this.
why-goal = This is what should work.
why-comparison = It separates this target from the whole network.
why-locate = The target failed; this shows where.
why-separate = The target failed; this separates two causes that look alike.
why-confirm = It confirms or rules out the leading cause.
why-quality = It checks the quality of what works.
why-asked = This single measurement was asked for.

## Why something was not measured

reason-needs-administrator = needs administrator rights
reason-not-on-this-system = this operating system has no such thing
reason-not-implemented-here = this version cannot read it on this system yet
reason-tool-missing = a program or service that would tell is missing
reason-switched-off = was switched off for this check
reason-cancelled = the check was stopped before
reason-out-of-time = the time ran out before
reason-nothing-to-measure = there was nothing to measure
reason-system-error = the system reported an error
reason-malformed = the data could not be understood

skipped-unfinished =
    { $count ->
        [1] One measurement was not finished when the check ended.
       *[other] { $count } measurements were not finished when the check ended.
    }
skipped-entry = { $what }: { $reason }.

## What was seen, in one line

seen-not-run = not measured: { $reason }
seen-errored = could not be measured: { $reason }

seen-interfaces = { $usable } of { $count } usable: { $names }
seen-interfaces-none = none usable
seen-routes =
    { $count ->
        [1] one route, default through { $gateway }
       *[other] { $count } routes, default through { $gateway }
    }
seen-routes-none =
    { $count ->
        [1] one route, no default route
       *[other] { $count } routes, no default route
    }
seen-route-to = through { $gateway } on { $interface }
seen-route-to-link = directly on { $interface }
seen-route-to-kind = swallowed by a route of type { $kind }
seen-route-to-error = no route: { $error }
seen-neighbours =
    { $count ->
        [1] one device, { $failed } without an answer
       *[other] { $count } devices, { $failed } without an answer
    }
seen-resolvers = { $servers }
seen-resolvers-none = none configured
seen-hosts =
    { $count ->
        [1] one entry in { $path }
       *[other] { $count } entries in { $path }
    }
seen-proxy-settings = { $proxies }
seen-proxy-settings-none = no proxy set
seen-firewall = { $backends }
seen-firewall-none = no firewall found
seen-firewall-backend = { $name } { $state }, { $rules } rules
seen-firewall-backend-unreadable = { $name } { $state }, rules not readable
seen-firewall-active = active
seen-firewall-inactive = not active
seen-firewall-unknown = state unknown
seen-listeners =
    { $count ->
        [0] nothing listens
        [1] one service listens
       *[other] { $count } services listen
    }
seen-tunnels = { $names }
seen-tunnels-none = no tunnel
seen-limits = open files { $files }, local ports { $ports }
seen-load = load { $load } on { $processors } processors, { $memory } of memory available
seen-clock-yes = synchronised
seen-clock-no = not synchronised
seen-clock-unknown = not known whether synchronised
seen-lookup = { $rcode } in { $ms }: { $addresses }
seen-lookup-empty = { $rcode } in { $ms }, no address
seen-lookup-silent = no answer
seen-lookup-failed = { $error }
seen-lookup-malformed = unusable answer: { $detail }
seen-system-lookup = { $addresses }
seen-system-lookup-error = { $error }
seen-system-lookup-timeout = no answer before the deadline
seen-connected = accepted in { $ms }
seen-connect-failed = { $error } after { $ms }
seen-connect-icmp = { $error } after { $ms }; ICMP type { $type } code { $code } from { $from }
seen-connect-silent = no answer to { $attempts } attempts in { $ms }
seen-samples = { $accepted } of { $sent } accepted, median { $ms }, { $retransmitted } needed a repetition, { $unanswered } unanswered
seen-egress-out = packets leave
seen-egress-denied = sending denied: { $error }
seen-first-hop = this port { $answered }, control port { $control }
seen-hop-yes = seen by { $from }
seen-hop-no = not seen
seen-trace-reached = reached after { $ttl } hops
seen-trace-refused = refused at hop { $ttl }: ICMP type { $type } code { $code } from { $from }
seen-trace-silent = last answer from { $from } at hop { $ttl }
seen-trace-nothing = no router answered
seen-echo = { $received } of { $sent } came back, median { $ms }
seen-echo-none = none of { $sent } came back
seen-mtu = { $passed } bytes pass
seen-mtu-vanish = { $passed } bytes pass, { $vanished } bytes vanish
seen-mtu-unknown = not known
seen-greeting = { $protocol } in { $ms }
seen-greeting-unknown = something unknown in { $ms }
seen-tls = { $version } in { $ms }, certificate trusted
seen-tls-untrusted = { $version } in { $ms }, certificate not trusted: { $why }
seen-tls-unchecked = { $version } in { $ms }
seen-tls-alert = alert { $name }
seen-tls-not-tls = the answer is not TLS
seen-tls-failed = handshake failed: { $detail }
seen-http = HTTP { $status } in { $ms }
seen-proxy = proxy answers { $status } in { $ms }
seen-proxy-answered = proxy answers { $status } in { $ms }; the target answers through it
seen-proxy-unanswered = proxy answers { $status } in { $ms }; the target does not answer through it
seen-proxy-unresolved = the proxy's name cannot be found: { $error }
seen-pac = { $result }
seen-pac-error = { $error }
seen-connectivity = HTTP { $status } in { $ms }
seen-connectivity-redirect = HTTP { $status } in { $ms }, sends to { $location }
seen-connectivity-lookup = name cannot be found: { $error }

end-answered = answered
end-not-connected = no connection
end-not-connected-error = no connection: { $error }
end-silent = connected, then no answer
end-closed = connected, then closed without an answer
end-reset = connected, then reset
end-malformed = unusable answer: { $detail }
end-too-large = answer too large
end-tls-failed = encryption failed: { $detail }
end-failed = { $error }

## Headings and labels

heading-report = Netmend report
heading-way = The way
heading-sure = How sure
heading-where = Where
heading-who = Who can act
heading-cause = Cause
heading-do = What to do
heading-why = Why we think so
heading-for = Speaks for it
heading-against = Speaks against it
heading-others = Other possible causes
heading-notes = Seen, but not at fault
heading-skipped = Could not be measured
heading-evidence = What was measured
heading-message = Ready message
heading-context = About this check
label-host = Computer
label-system = System
label-started = Started
label-elapsed = Took
label-version = Netmend
label-redaction = Removed
label-raw = Raw data
label-measured = Measured
label-support = Contact
label-profile = Organisation
redaction-none = nothing
redaction-standard = user names, credentials, hardware and public addresses
redaction-strict = also host names and private addresses
elevated-yes = with administrator rights
elevated-no = without administrator rights
online-question = Is this computer online?
language-direction = ltr

## The message to somebody else

handover-subject = { $title }
handover-hello = Hello,
handover-finding = Netmend found: { $title } ({ $confidence }, { $percent } %)
handover-cause = Cause: { $cause }
handover-when = Measured: { $started }
handover-from = From: { $host } ({ $system })
handover-evidence = Measurements:
handover-end = The full report is attached.

## Reports that cannot be opened or saved

error-load-unreadable = The file { $path } cannot be read: { $detail }. Check its name and its rights.
error-load-too-large = { $path } is larger than { $limit }. Netmend reports are far smaller; check that it is the right file.
error-load-not-json = { $path } is not a Netmend report: it is not JSON ({ $detail }). Choose the .json file that Netmend saved.
error-load-no-report = { $path } is JSON, but not a Netmend report ({ $detail }). Choose a file that Netmend saved.
error-load-newer = { $path } was written by a newer Netmend ({ $schema }). Update Netmend to open it.
error-load-older = { $path } was written by an older Netmend ({ $schema }) whose reports this version cannot read. Open it with that version.
error-save = { $path } cannot be written: { $detail }. Choose another folder or free some space.
error-save-ending = { $path } has no ending that Netmend knows. Use .json, .html or .md.

## About a check

measurements =
    { $count ->
        [1] one measurement
       *[other] { $count } measurements
    }
interrupted = stopped before its end

## Seen, but not at fault

note-echo-ignored = { $host } does not answer ping, but the service works. Many servers do that on purpose.
note-silent-hops = Some routers on the way do not answer. That is usual and means nothing.
note-slow-resolver = One name server was slow to answer, but it did answer.
note-ipv6-absent = This computer has no IPv6. That is fine as long as IPv4 works.
note-private-answer = The name leads to a private address, as is usual for internal services.
note-proxy-in-use = A proxy is set{ $has-proxy ->
        [yes] { " " }({ $proxy })
       *[no] { "" }
    } and works.
note-name-does-not-resolve-now = The name cannot be looked up here; the address from the reported message was used.
note-reference-silent = Independent hosts on the internet do not answer from here, but the target does.

hint-measurements = and { $count } more measurements, with --details
hint-messages = The ready messages are in the saved report; "netmend fix { $cause } --report FILE" shows them as well.
