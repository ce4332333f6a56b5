### The window's own words: titles, buttons, hints, and what happens now. The names of stations, causes and measurements
### are those of reports (report.ftl, causes.ftl).

## Frame

ui-window-title = { $step } – Netmend
ui-steps = Steps
ui-step-ask = The problem
ui-step-checking = Checking
ui-step-found = What we found
ui-step-repair = Repair
ui-step-again = Check again
ui-step-share = Share
ui-back = Back
ui-close = Close
ui-copy = Copy
ui-copied = Copied
ui-failed = Could not copy
ui-loading = One moment …
ui-open = Open report
ui-drop = Drop a report here to open it
ui-way = The way from this computer to the service
ui-raw = Raw data
ui-percent = { $percent } %
ui-seconds = { $number } s
ui-milliseconds = { $number } ms

## 1: What is going wrong?

ui-ask-title = What is going wrong?
ui-ask-lead = Choose what fits best, and say what you want to reach.

ui-choice-website = A website or app does not open
ui-choice-nothing = Nothing works at all
ui-choice-slow = It is slow or drops out
ui-choice-message = I have an error message
ui-choice-server = My own server cannot be reached

ui-words = Name, address, URL or error message
ui-words-website = Which website, or the server of which app?
ui-words-nothing = If one thing should work first, which? (optional)
ui-words-slow = What is slow or drops out?
ui-words-message = Paste the error message
ui-words-server = Address and port of your server

ui-words-example-website = www.example.com
ui-words-example-nothing = Leave this empty to check the whole connection
ui-words-example-slow = meet.example.com
ui-words-example-message = Connection timed out: getsockopt: api.example.com/192.0.2.10:8443
ui-words-example-server = localhost:8080
ui-words-missing = Say what you want to reach, or choose “Nothing works at all”.

ui-chips = Services and recent checks

ui-understood = What was understood
ui-understood-online = We will check whether this computer is online, and if not, why.
ui-understood-target = We will check the way to { $host }.
ui-understood-target-port = We will check the way to { $host }, port { $port }.
ui-understood-kind = Understood: { $kind }, { $host }.
ui-understood-kind-port = Understood: { $kind }, { $host }, port { $port }.

ui-understood-kind-only = Understood: { $kind }. The message does not say where; please add it.

ui-correct = Correct this
ui-correct-done = Done
ui-correct-kind = What happened
ui-correct-kind-none = No particular error
ui-correct-host = Name or address
ui-correct-port = Port

ui-contacts =
    { $target ->
        [yes]
            { $count ->
                [0] Contacted: this target, and what this computer is set up to use.
                [one] Contacted: this target, what this computer is set up to use, and one independent server.
               *[other] Contacted: this target, what this computer is set up to use, and { $count } independent servers.
            }
       *[no]
            { $count ->
                [0] Contacted: what this computer is set up to use.
                [one] Contacted: what this computer is set up to use, and one independent server.
               *[other] Contacted: what this computer is set up to use, and { $count } independent servers.
            }
    }

ui-options = Options for experts
ui-option-timeout = Time-out of the program that failed, in seconds
ui-option-timeout-hint = Then we can say whether it only waits too briefly.
ui-option-family = Internet protocol
ui-option-family-both = IPv4 and IPv6
ui-option-family-ipv4 = IPv4 only
ui-option-family-ipv6 = IPv6 only
ui-option-external = Compare with independent servers on the internet

ui-start = Start checking

## Kinds of failure, inside sentences

ui-kind-connect-timeout = connection time-out
ui-kind-connect-refused = connection refused
ui-kind-host-unreachable = host unreachable
ui-kind-network-unreachable = network unreachable
ui-kind-connection-reset = connection reset
ui-kind-read-timeout = no answer in time
ui-kind-write-timeout = sending took too long
ui-kind-dns-nxdomain = name not found
ui-kind-dns-failure = name look-up failed
ui-kind-dns-timeout = name look-up took too long
ui-kind-tls-untrusted = certificate not trusted
ui-kind-tls-expired = certificate expired
ui-kind-tls-hostname = certificate for another name
ui-kind-tls-handshake = encryption (TLS) failed
ui-kind-proxy-unreachable = proxy not reachable
ui-kind-proxy-auth = proxy wants a sign-in
ui-kind-http-407 = proxy wants a sign-in (HTTP 407)
ui-kind-http-408 = request time-out (HTTP 408)
ui-kind-http-429 = too many requests (HTTP 429)
ui-kind-http-502 = bad gateway (HTTP 502)
ui-kind-http-503 = service unavailable (HTTP 503)
ui-kind-http-504 = gateway time-out (HTTP 504)
ui-kind-gateway-upstream-timeout = the gateway got no answer from behind
ui-kind-gateway-upstream-refused = the gateway was refused from behind
ui-kind-protocol-mismatch = another protocol answered
ui-kind-permission-denied = permission denied
ui-kind-address-in-use = address already in use
ui-kind-address-not-available = address not available
ui-kind-too-many-open-files = too many open files
ui-kind-ping-no-reply = no reply to ping
ui-kind-captive-portal = the network wants a sign-in
ui-kind-unknown-not-network = no known network error

## 2: Checking

ui-checking-online = Checking whether this computer is online
ui-checking-target = Checking the way to { $target }
ui-stop = Stop
ui-stopping = Stopping
ui-stopping-now = Stopping; what is known so far is kept.
ui-time = Time
ui-time-passed =
    { $seconds ->
        [one] { $seconds } second passed
       *[other] { $seconds } seconds passed
    }
ui-time-left =
    { $seconds ->
        [one] at most { $seconds } second left
       *[other] at most { $seconds } seconds left
    }
ui-checked =
    { $count ->
        [one] Done, with { $count } measurement.
       *[other] Done, with { $count } measurements.
    }
ui-measurements =
    { $count ->
        [0] Measurements
        [one] { $count } measurement
       *[other] { $count } measurements
    }
ui-measured-none = Nothing has been measured yet.
ui-measured-more =
    { $count ->
        [one] One more is in the report.
       *[other] { $count } more are in the report.
    }
ui-heard-station = { $station }: { $status }.

ui-now-thinking = Looking at what is known so far.
ui-now-fact = Reading the settings of this computer.
ui-now-route-to = Asking this computer which way it would take.
ui-now-lookup = Asking a name server for { $name }.
ui-now-system-lookup = Looking up { $name } as programs do.
ui-now-connect = Knocking at { $to }.
ui-now-samples = Knocking at { $to } several times, to see what gets lost.
ui-now-egress = Testing whether this computer lets the traffic out.
ui-now-first-hop = Asking the first router whether it sees our packets.
ui-now-trace = Following the way to { $to }, station by station.
ui-now-echo = Sending a ping to { $to }.
ui-now-mtu = Testing how large a packet may be on this way.
ui-now-greeting = Listening to what { $to } says first.
ui-now-tls = Opening an encrypted connection to { $name }.
ui-now-http = Asking for { $url }.
ui-now-proxy = Asking the proxy to connect us.
ui-now-pac = Reading the automatic proxy settings.
ui-now-connectivity = Testing whether the network lets us out freely.

ui-tone-good = Works:
ui-tone-bad = Does not work:
ui-tone-plain = Information:
ui-tone-none = Not measured:

## 3: What we found

ui-healthy-lead =
    { $count ->
        [one] { $count } measurement in { $time }; nothing is at fault.
       *[other] { $count } measurements in { $time }; nothing is at fault.
    }
ui-healthy-next = If the trouble comes and goes
ui-healthy-advice =
    Check again while the trouble is there: only then can it be seen.
    Note the time and what you were doing. It helps those who run the service.
    Try the same from another device on the same network. If that works, compare programs and settings.
ui-inconclusive-lead = We measured what we could, and no cause stands out.
ui-inconclusive-stopped = The check was stopped early. What was measured is kept.
ui-inconclusive-next = What helps now
ui-inconclusive-advice =
    Check again while the trouble is there.
    Name the exact address or paste the error message, if there is one.
    Hand the report to somebody who knows the network: it holds every measurement.
ui-interrupted = The check was stopped early, so something may be missing.
ui-contact = ({ $contact })
ui-explain = What this means in general
ui-evidence-absent = This measurement is not in the report.
ui-strength-strong = strong
ui-strength-fair = fair
ui-strength-weak = weak
ui-skipped =
    { $count ->
        [one] { $count } measurement was not possible here
       *[other] { $count } measurements were not possible here
    }
ui-to-repair = How to repair it
ui-share = Share the report
ui-check-again = Check again

## 4: Repair

ui-repair-title = How to repair it
ui-repair-steps =
    { $count ->
        [one] One step
       *[other] { $count } steps
    }
ui-repair-none = There are no ready steps for this. Share the report with somebody who can act.

## 5: Check again

ui-again-title = Checking again, with the same question
ui-check-once-more = Once more
ui-before = Before
ui-after = After
ui-change-repaired = Repaired: the fault is gone.
ui-change-not-repaired = Not repaired: the fault is still there, or another has taken its place.
ui-change-cannot-tell = The measurements do not say whether it helped.
ui-worked = worked
ui-did-not-work = did not work
ui-unclear = unclear
ui-side-by-side = Measurement by measurement

## 6: Share

ui-share-title = Share what was found
ui-share-lead = This is exactly what others will see. You choose how much stays in it.
ui-redaction = How much to remove
ui-redaction-standard = What identifies you
ui-redaction-strict = Names and private addresses too
ui-redaction-none = Nothing
ui-redaction-removes = Removed: { $what }.
ui-save-as = Save as
ui-format-html = Web page
ui-format-html-hint = For people: opens anywhere.
ui-format-json = Netmend report
ui-format-json-hint = For Netmend: can be opened and diagnosed again.
ui-format-markdown = Markdown
ui-format-markdown-hint = For tickets and chats.
ui-save-downloads = Save to Downloads
ui-save-choose = Choose where …
ui-saved = Saved as { $path }
ui-copy-ticket = Copy as ticket text
ui-print = Print or PDF
ui-preview = Preview
ui-compare = Compare with another
ui-new-check = New check

## Reports from files

ui-file = Report from a file
ui-file-from = { $file }: measured { $when } on { $host }.
ui-file-host-unknown = an unnamed computer
ui-file-same = Diagnosed again just now, with the same result.
ui-file-differs = This version finds something else in the same measurements: { $title }
ui-file-differs-none = This version finds no cause in the same measurements.

## What can go wrong in the window

error-unexpected = Something went wrong inside Netmend ({ $detail }). Your measurements are kept. Please try again.
error-file-too-large = { $name } is too large for a report. Choose a file that Netmend saved.
error-profile = { $detail } Until then Netmend works without it.
error-downloads = There is no Downloads folder. Choose where to save instead.
error-window = The window for printing could not be opened. Save as a web page and print that.
error-target-empty = Say what you want to reach: a name, an address or a URL.
error-target-too-long = That is too long for a target. Give only a name, an address or a URL.
error-target-no-host = “{ $given }” names no host. Write it like https://example.com.
error-target-port-range = Port { $given } does not exist. Ports go from 1 to 65535.
error-target-port-not-number = “{ $given }” is not a port. Write a number from 1 to 65535 after the colon.
error-target-host = “{ $given }” is not a name of a host. Use letters, digits, dots and hyphens, or an IP address.
error-target-ipv4 = “{ $given }” is not an IPv4 address. One has four numbers from 0 to 255, such as 192.0.2.10.
error-target-ipv6 = “{ $given }” is not an IPv6 address. Write it in brackets before a port, such as [2001:db8::1]:443.
error-target-zone = “{ $given }” means something on one computer only. Give a name, or an address without the part behind %.
error-target-unknown-scheme = “{ $given }” is not a scheme Netmend knows. Use one such as https or ssh, or give name:port alone.
