### Words of the command line beside reports.

cli-checking = Checking { $target }
cli-checking-online = Checking whether this computer is online
cli-contacts = Contacts: { $list }
cli-saved = Report saved: { $path }
cli-verify-same = { $path }: well formed, and its evidence gives its diagnoses.
cli-verify-differs = { $path }: well formed, but this version judges its evidence differently. netmend report show --rediagnose shows how.

explain-who = Who can act
explain-do = What to do
explain-unknown = There is no cause "{ $id }".
explain-similar = Similar: { $list }
explain-hint = netmend explain lists all causes.

## Tables of single diagnostics

table-address = Address
table-alpn = Application
table-answer = Answer
table-automatic = Automatic
table-back = Back
table-begun = Begun
table-bypass = Not for
table-certificate = Certificate
table-chain = Chain
table-cipher = Cipher suite
table-code = Code
table-connect = Connect
table-destination = Destination
table-domains = Only for
table-fingerprint = SHA-256
table-first-byte = First byte
table-flags = Flags
table-for = For
table-handshake = TLS handshake
table-hardware = Hardware address
table-header = Header
table-hop = Hop
table-interface = Interface
table-issuer = Issuer
table-kind = Kind
table-local = From
table-longest = Longest
table-median = Median
table-metric = Metric
table-mss = MSS
table-mtu = MTU
table-name = Name
table-names = Names
table-number = No.
table-owner = Owner
table-packets = Packets
table-path-mtu = Path MTU
table-protocol = Protocol
table-proxy = Proxy
table-queue = Queue
table-read-from = Looked at
table-record = Record
table-result = Result
table-retransmitted = Repeated
table-round-trip = Round trip
table-rule = Rule
table-sent = Sent
table-server = Server
table-setting = Setting
table-shortest = Shortest
table-source = Source
table-state = State
table-table = Table
table-time = Time
table-transfer = Transfer
table-trust-public = Public roots
table-trust-system = This system
table-ttl = TTL
table-validity = Valid
table-value = Value
table-version = Version
table-via = Via

table-echo = Ping
table-connections = TCP connections
table-look-ups = Name look-ups

state-up = up
state-down = down
state-off = switched off
state-no-signal = no signal

table-accepted = accepted
table-name-fits = the certificate is for it
table-name-differs = the certificate is not for it
table-trusted = trusted
table-untrusted = not trusted: { $why }
table-valid =
    { $count ->
        [1] { $from } to { $to } (one day left)
       *[other] { $from } to { $to } ({ $count } days left)
    }
table-valid-past =
    { $count ->
        [1] { $from } to { $to } (ended one day ago)
       *[other] { $from } to { $to } (ended { $count } days ago)
    }
table-own-routes =
    { $count ->
        [1] One route to an address of this computer itself is left out; --json shows it.
       *[other] { $count } routes to addresses of this computer itself are left out; --json shows them.
    }
table-owner-user = user { $user }
table-owner-hidden = The programs of other users are shown to administrators only.

## Calls that cannot be carried out

cli-symptom-empty = The message is empty. Paste the text of the error after --symptom, or give "-" and send it on standard input.
cli-symptom-no-target = The message names no host or address. Give it as well: netmend diagnose HOST:PORT --symptom TEXT
cli-server-wrong = "{ $server }" is no address of a DNS server. Give one such as 192.0.2.53 or [2001:db8::53]:53.
cli-fix-not-named = The report { $path } does not name { $cause }. It names: { $list }.
cli-fix-none-named = The report { $path } names no cause, so there is nothing to repair.
cli-no-address = No address of { $host } was found, so there is nothing to measure.
cli-history = The run was not kept in the history: { $detail }
cli-window-missing = The window is not installed beside this command. In the terminal: netmend diagnose [TARGET]
cli-window-no-display = There is no display here, so no window can be opened. In the terminal: netmend diagnose [TARGET]
cli-stdin-unreadable = The message could not be read from standard input: { $detail }
cli-man-folder = The manual pages cannot be written to { $path }: { $detail }. Choose a folder that you may write to.
cli-man-written = Manual pages written to { $path }
