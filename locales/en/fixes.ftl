### Remedies: what to do. One entry for each id in the table of remedies.
###
### The value is what to do, in a few words.
### .steps  one step per line; .steps-linux, .steps-macos and .steps-windows where they differ.
### .message  for remedies that somebody else carries out: what is asked of them. A frame (report.ftl, `handover`) adds who,
### what was measured and when.
###
### Variables are those of the causes (causes.ftl).

## This computer's link, address and routes

fix-connect-link = Plug in the cable or join a Wi-Fi network.
    .steps =
        Switch airplane mode off, and Wi-Fi on. Some laptops have a key or a switch for it.
        With a cable: check that it clicks in at both ends and that the small light beside the socket is on.
        With Wi-Fi: choose your network and enter its password.
    .steps-linux =
        Switch airplane mode off, and Wi-Fi on. On the command line: nmcli radio wifi on (rfkill list shows what is blocked).
        With a cable: check that it clicks in at both ends and that the small light beside the socket is on.
        With Wi-Fi: choose your network in the system menu. On the command line: nmcli device wifi list
        If the interface is only switched off: sudo ip link set dev { $has-place ->
            [yes] { $place }
           *[no] INTERFACE
        } up

fix-restart-adapter = Switch the network connection off and on again.
    .steps =
        Switch the network connection off in the system's network settings.
        Wait ten seconds and switch it on again.
    .steps-linux =
        Run: nmcli networking off
        Wait ten seconds, then run: nmcli networking on
        Without NetworkManager: sudo ip link set dev INTERFACE down, then the same with up (ip link lists the interfaces).
    .steps-windows =
        Open Settings, Network & internet, Advanced network settings.
        Choose Disable beside the adapter, wait ten seconds, then choose Enable.
    .steps-macos =
        Open System Settings, Network, and choose the connection.
        Make it inactive, wait ten seconds, and make it active again.

fix-use-other-network = Try another network, for example a phone's hotspot.
    .steps =
        Switch on the personal hotspot of a mobile phone and join it with this computer.
        Try again. If it works there, the trouble lies in the first network.
        Afterwards, return to your usual network. On company computers, ask first whether this is allowed.

fix-move-closer = Move closer to the Wi-Fi access point.
    .steps =
        Take the computer to within a few metres of the access point, with no wall between.
        Keep it away from microwave ovens, cordless telephones and large metal surfaces.
        If the access point offers 2.4 GHz and 5 GHz, try the other one: 2.4 GHz reaches further.

fix-use-cable = Use a network cable instead of Wi-Fi.
    .steps =
        Connect the computer to the router or to a network socket in the wall with a cable.
        Switch Wi-Fi off, so that the cable is really used, and try again.

fix-rejoin-network = Leave the network and join it again, to get fresh settings.
    .steps =
        Disconnect from the network and wait ten seconds.
        Connect again, and wait until the system says that it is connected.
    .steps-linux =
        List the connections: nmcli connection show --active
        Take yours down and up again: nmcli connection down "NAME", then nmcli connection up "NAME"
        Without NetworkManager: sudo networkctl renew INTERFACE, or sudo dhclient -r INTERFACE and sudo dhclient INTERFACE
    .steps-windows =
        Open Terminal and run: ipconfig /release
        Then run: ipconfig /renew
    .steps-macos =
        Open System Settings, Network, choose the connection, Details, TCP/IP.
        Choose Renew DHCP Lease.

fix-restart-router = Restart the router.
    .steps =
        Tell everybody who uses the network: it will be gone for some minutes.
        Unplug the router's power, wait thirty seconds, and plug it in again.
        Wait until its lights are steady, about three minutes, and try again.
        In an office, ask the network team instead.

fix-set-gateway = Enter the router's address in the network settings.
    .steps =
        Ask the network's team for the gateway's address, or look at a computer in the same network that works.
        Enter it as gateway or router in the connection's IP settings; better still, choose automatic settings (DHCP).
    .steps-linux =
        See which routes there are: ip route show
        Try it until the next restart: sudo ip route add default via GATEWAY dev INTERFACE
        Keep it: nmcli connection modify "NAME" ipv4.gateway GATEWAY, or better ipv4.method auto
        To undo the first: sudo ip route del default via GATEWAY

fix-remove-route = Remove the entry that blocks the way.
    .steps =
        Find out which program made the entry: a VPN, a container tool, or somebody by hand.
        Remove it there, or delete the route in the system. Write it down before, so that it can be restored.
    .steps-linux =
        Look at it: ip route get { $address } (ip -6 route get for IPv6), and ip route show table all
        Write the line down, then delete it: sudo ip route del followed by exactly that line
        To undo: sudo ip route add with the same line
        If it returns, look for its source: NetworkManager (nmcli connection show "NAME"), /etc/network/interfaces, a VPN.
    .steps-windows =
        Look at it: route print { $address }
        Write the line down, then delete it in a terminal with administrator rights: route delete { $address }
        To undo: route add with the same values.
    .steps-macos =
        Look at it: route -n get { $address }
        Write it down, then delete it: sudo route delete { $address }

fix-prefer-ipv4 = Let programs use IPv4 first until IPv6 works again.
    .steps =
        Most single programs have an option for IPv4 only, such as curl -4 or ssh -4. Try that first.
        Or switch IPv6 off for this connection in the system's network settings, and on again later.
    .steps-linux =
        Most single programs have an option for IPv4 only, such as curl -4 or ssh -4. Try that first.
        For all programs: add the line "precedence ::ffff:0:0/96 100" to /etc/gai.conf. To undo, remove it again.
        For Java: -Djava.net.preferIPv4Stack=true
    .steps-windows =
        Open a terminal with administrator rights and run: netsh interface ipv6 set prefixpolicy ::ffff:0:0/96 46 4
        To undo: netsh interface ipv6 reset, then restart the computer.

fix-lower-mtu = Make packets smaller on this computer.
    .steps =
        Set the MTU of the interface in use to 1400 in the system's settings. Remember the old value, usually 1500.
        Try again. In a VPN program, lower the MTU there.
    .steps-linux =
        Find the interface: ip route get { $address }
        Try it: sudo ip link set dev INTERFACE mtu 1400. To undo: the same with the old value, usually 1500.
        Or let TCP find it: sudo sysctl -w net.ipv4.tcp_mtu_probing=1. To undo: the same with 0.
        In a VPN, lower the MTU of the tunnel: for WireGuard the line MTU = 1280.
    .steps-windows =
        Find the interface: netsh interface ipv4 show subinterfaces
        In a terminal with administrator rights: netsh interface ipv4 set subinterface "NAME" mtu=1400 store=active
        To undo: the same with 1500.
    .steps-macos =
        Try it: sudo networksetup -setMTU en0 1400. To undo: the same with 1500.

fix-stop-heavy-traffic = Stop what fills the line.
    .steps =
        Pause downloads, backups, cloud synchronisation and video calls, on other devices in the network as well.
        Try again. If that helps, the line is full: give such work a speed limit, or switch on queue management in the router.

fix-connect-vpn = Connect the VPN.
    .steps =
        Open your VPN program, connect, and wait until it says that it is connected.
        Try again. If the service is a public one that needs no VPN, skip this.
    .steps-linux =
        Open your VPN program and connect; on the command line nmcli connection up "NAME" or sudo wg-quick up NAME
        Try again. If the service is a public one that needs no VPN, skip this.

fix-reconnect-vpn = Disconnect the VPN and connect it again.
    .steps =
        Disconnect the VPN in its program and wait ten seconds.
        Connect it again. After a change of network or a long sleep this is often all that is needed.
    .steps-linux =
        Disconnect and connect in the VPN program; on the command line nmcli connection down "NAME", then up,
        or sudo wg-quick down NAME and sudo wg-quick up NAME. When the last handshake is old, the far end does not answer: sudo wg show

fix-disconnect-vpn = Disconnect the VPN, if the target does not need it.
    .steps =
        Disconnect the VPN in its program and try again.
        Connect it again when you need an internal service.

## Names

fix-check-spelling = Check the spelling of the name.
    .steps =
        Compare { $host } letter by letter with where you have it from; copy it rather than typing it.
        Look for a missing or additional part, such as www, or a wrong ending.
        Ask a colleague whether the same name works for them.

fix-check-address = Check that the address is the right one.
    .steps =
        Compare { $address } with a current source: the service's documentation or the person who runs it.
        If the address stands in a settings file, use the name there instead, so that it follows a move.

fix-change-resolver = Use another name server.
    .steps =
        On company computers, ask the network team first: internal names need the internal server.
        In the system's network settings, enter another DNS server that you trust, for example the one of your provider.
        To undo, choose automatic again.
    .steps-linux =
        On company computers, ask the network team first: internal names need the internal server.
        See what is set: resolvectl status (without systemd-resolved: cat /etc/resolv.conf)
        Try another one until the next restart: sudo resolvectl dns INTERFACE SERVER. To undo: sudo resolvectl revert INTERFACE
        Keep it: nmcli connection modify "NAME" ipv4.dns SERVER ipv4.ignore-auto-dns yes, then nmcli connection up "NAME"
    .steps-windows =
        On company computers, ask the network team first: internal names need the internal server.
        Open Settings, Network & internet, your connection, DNS server assignment, Edit, Manual.
        Enter a server that you trust. To undo, choose Automatic (DHCP).
    .steps-macos =
        On company computers, ask the network team first: internal names need the internal server.
        Open System Settings, Network, your connection, Details, DNS, and add a server that you trust.
        To undo, remove it again.

fix-set-internal-resolver = Let internal names be looked up by your organisation's name server.
    .steps =
        Ask the network team for the address of the internal DNS server and the domains that it serves.
        Enter it for these domains only, in the VPN's settings or in the system's.
    .steps-linux =
        Ask the network team for the address of the internal DNS server and the domains that it serves.
        Try it: sudo resolvectl dns INTERFACE SERVER and sudo resolvectl domain INTERFACE "~DOMAIN"
        To undo: sudo resolvectl revert INTERFACE

fix-remove-dead-resolver = Take the dead name server out of the settings.
    .steps =
        Find the server{ in-brackets } in the list of DNS servers, in the network settings or in the router.
        Remove it, or move it to the end. Write it down before, so that it can be restored.
    .steps-linux =
        See where it is set: resolvectl status, nmcli device show, or /etc/resolv.conf{ in-brackets }
        NetworkManager: nmcli connection modify "NAME" -ipv4.dns SERVER, then nmcli connection up "NAME"
        systemd-resolved: the line DNS= in /etc/systemd/resolved.conf, then sudo systemctl restart systemd-resolved
        If it comes by DHCP, it must be removed in the router or by the network team.

fix-flush-dns-cache = Empty the memory of looked-up names.
    .steps =
        Close the program that failed, empty the system's DNS cache, and start the program again.
    .steps-linux =
        Run: resolvectl flush-caches (with nscd: sudo nscd -i hosts; with dnsmasq: sudo systemctl restart dnsmasq)
        Start the program that failed again; many keep a memory of their own.
    .steps-windows =
        Run in a terminal: ipconfig /flushdns
        Start the program that failed again; many keep a memory of their own.
    .steps-macos =
        Run in a terminal: sudo dscacheutil -flushcache, then sudo killall -HUP mDNSResponder
        Start the program that failed again; many keep a memory of their own.

fix-edit-hosts = Correct the entry in the hosts file.
    .steps =
        Make a copy of the hosts file and open it with administrator rights.
        Find the line with { $host }{ in-brackets }, and put # in front of it, or correct its address.
        Save, and try again. To undo, remove the # again.
    .steps-linux =
        Make a copy: sudo cp /etc/hosts /etc/hosts.before
        Open it (sudo nano /etc/hosts), find the line with { $host }{ in-brackets }, and put # in front of it.
        Save, and try again. To undo: sudo cp /etc/hosts.before /etc/hosts
    .steps-windows =
        Open Notepad as administrator and in it C:\Windows\System32\drivers\etc\hosts
        Save a copy, find the line with { $host }, and put # in front of it.
        Save, and try again. To undo, remove the # again.

## Firewalls and sign-in pages

fix-allow-outbound = Allow the connection in this computer's firewall.
    .steps =
        On company computers, ask the administrator: the rule may be intended.
        Open the firewall's or the protection program's settings, find the rule that blocks { $target }, and allow it.
    .steps-linux =
        On company computers, ask the administrator: the rule may be intended.
        See the rules: sudo nft list ruleset, sudo iptables -S OUTPUT, sudo ufw status verbose{ in-brackets }
        nftables: sudo nft -a list chain inet filter output shows handles; sudo nft delete rule inet filter output handle N
        iptables: sudo iptables -D OUTPUT followed by the rule as iptables -S shows it
        ufw: sudo ufw allow out to { $address }{ $has-port ->
            [yes] { " " }port { $port } proto tcp
           *[no] { "" }
        }
    .steps-windows =
        On company computers, ask the administrator: the rule may be intended.
        Open "Windows Defender Firewall with Advanced Security", Outbound Rules.
        Find the rule that blocks the program or { the-port }, and disable it. To undo, enable it again.

fix-allow-inbound = Let others in through this computer's firewall.
    .steps =
        On company computers, ask the administrator first.
        Allow incoming connections to { the-port } in the firewall's settings, for your own network only if possible.
    .steps-linux =
        On company computers, ask the administrator first.
        ufw: sudo ufw allow { $port }/tcp. To undo: sudo ufw delete allow { $port }/tcp
        firewalld: sudo firewall-cmd --add-port={ $port }/tcp; lasting with --permanent. To undo: --remove-port
        nftables: sudo nft insert rule inet filter input tcp dport { $port } accept
    .steps-windows =
        On company computers, ask the administrator first.
        In a terminal with administrator rights: netsh advfirewall firewall add rule name="Netmend { $port }" dir=in action=allow protocol=TCP localport={ $port }
        To undo: netsh advfirewall firewall delete rule name="Netmend { $port }"

fix-sign-in-portal = Sign in to the network on its own page.
    .steps =
        Open a web browser and go to an unencrypted page, such as http://example.com; the sign-in page appears by itself.
        Sign in or accept the conditions, then try again.
        If no page appears: switch the VPN and any own DNS server off for the moment.

## Proxies

fix-check-proxy-settings = Check the proxy in the settings.
    .steps =
        Compare the proxy's name and port{ in-brackets } with what your organisation publishes, or with a colleague's computer.
        If you are not in the company network, connect the VPN, or see the next step.
    .steps-linux =
        See what is set: env | grep -i proxy, and gsettings list-recursively org.gnome.system.proxy
        Compare name and port{ in-brackets } with what your organisation publishes, or with a colleague's computer.
        The variables usually stand in /etc/environment, ~/.profile or ~/.bashrc.
    .steps-windows =
        Open Settings, Network & internet, Proxy, and compare it with what your organisation publishes.
        For command-line programs: netsh winhttp show proxy, and the variables HTTP_PROXY and HTTPS_PROXY.
    .steps-macos =
        Open System Settings, Network, your connection, Details, Proxies; compare it with what your organisation publishes.
        For command-line programs: env | grep -i proxy

fix-switch-proxy-off = Switch the proxy off for the moment.
    .steps =
        Remember the settings, switch the proxy off in the system's network settings, and try again.
        At home a proxy is rarely needed. In a company it often is: switch it on again afterwards.
    .steps-linux =
        For one program: env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY -u all_proxy PROGRAM
        For the desktop: gsettings set org.gnome.system.proxy mode none. To undo: the same with manual or auto.
        In a company a proxy is often needed: switch it on again afterwards.

fix-sign-in-proxy = Give the program your user name and password for the proxy.
    .steps =
        In a browser, open any page and sign in when the proxy asks.
        For other programs, enter the credentials in their proxy settings. Do not put a password into a shared file.
        If you have signed in and it still fails, the password may have expired: change it and sign in again.

fix-bypass-proxy = Let this target be reached without the proxy.
    .steps =
        Open the proxy settings and add { $host } to the list of exceptions ("no proxy for").
        Start the program again. To undo, remove the entry.
    .steps-linux =
        For programs in the terminal: export no_proxy="$no_proxy,{ $host }" NO_PROXY="$NO_PROXY,{ $host }"
        Keep it where the proxy itself is set: /etc/environment, ~/.profile or the program's own settings.
        For the desktop: the list of ignored hosts in Settings, Network, Proxy.

fix-use-proxy = Tell the program to use the proxy.
    .steps =
        Enter the proxy{ in-brackets } in the program's own settings, or choose "use system settings" there.
        Start the program again.
    .steps-linux =
        For programs in the terminal: export https_proxy=http://{ $has-proxy ->
            [yes] { $proxy }
           *[no] PROXY:PORT
        } http_proxy="$https_proxy"
        For Java: -Dhttps.proxyHost=PROXY -Dhttps.proxyPort=PORT; for git: git config --global http.proxy http://PROXY:PORT
        To undo: unset https_proxy http_proxy, or remove the setting.

fix-check-pac-address = Check the address of the automatic proxy settings.
    .steps =
        Compare the address of the settings file{ in-brackets } with what your organisation publishes.
        Open it in a browser: a text with FindProxyForURL must appear.
        Outside the company network, connect the VPN first.

fix-switch-pac-off = Switch the automatic proxy settings off for the moment.
    .steps =
        Remember the address, switch automatic proxy configuration off in the network settings, and try again.
        Switch it on again when you are back in the company network.
    .steps-linux =
        Run: gsettings set org.gnome.system.proxy mode none
        To undo: gsettings set org.gnome.system.proxy mode auto

## The service, as its users see it

fix-wait-and-retry = Wait a quarter of an hour and try again.
    .steps =
        See whether the service has a status page, or ask a colleague whether it works for them.
        Wait a quarter of an hour and try again.
        If it stays as it is, hand this report on.

fix-check-port = Check the port number.
    .steps =
        Compare { the-port } with the service's documentation or with a colleague's settings.
        Usual ports: 443 for https, 80 for http, 22 for ssh, 5432 for PostgreSQL, 3306 for MySQL, 6379 for Redis.

fix-use-found-port = Use the port where the service answers.
    .steps =
        Change the port in the program's settings to the one that was found{ in-brackets }, and try again.
        Ask whoever runs the service whether this is the port meant for you.

fix-check-protocol = Check that program and service speak the same protocol.
    .steps =
        See whether the address begins with https:// where http:// is meant, or the other way round.
        In other programs, look for the setting "TLS", "SSL" or "encryption", and compare it with the service's documentation.
        Check that { the-port } is the right one for this kind of connection.

fix-sign-in = Sign in, or ask for permission.
    .steps =
        Sign in to the service again; a session or password may have expired.
        For programs: check the key or token in its settings, and whether it may do what you ask.
        If you are signed in and still not let in, ask whoever runs the service for access.

fix-use-certificate-name = Use the name that is in the certificate.
    .steps =
        { $has-names ->
            [yes] Check whether one of these names is the one you want: { $names }
           *[no] Look at the certificate's names in a browser (the padlock) and check whether one is the one you want.
        }
        Use that name instead of { $host }, never an address in place of a name.
        If none fits, do not go on: it may be another server.

fix-trust-authority = Let this computer trust your organisation's own authority.
    .steps =
        Only do this when you know who runs { $host }. Otherwise do not go on.
        Ask them for the certificate of their authority, and compare its fingerprint with theirs by telephone.
        Install it as a trusted authority in the system.
    .steps-linux =
        Only do this when you know who runs { $host }. Otherwise do not go on.
        Ask them for the certificate of their authority, and compare: openssl x509 -in ca.crt -noout -fingerprint -sha256
        Debian, Ubuntu: copy it to /usr/local/share/ca-certificates/, then sudo update-ca-certificates
        Fedora, RHEL: copy it to /etc/pki/ca-trust/source/anchors/, then sudo update-ca-trust
        To undo: delete the file and run the same command (Debian: with --fresh).
    .steps-windows =
        Only do this when you know who runs { $host }. Otherwise do not go on.
        Ask them for the certificate of their authority, and compare its fingerprint with theirs by telephone.
        Open it, choose Install Certificate, Local Machine, Trusted Root Certification Authorities.

fix-trust-inspection = Let the program trust your organisation's inspection authority.
    .steps =
        Ask the network team for the certificate of the inspecting product.
        Browsers usually have it already. Other programs need it in their own list: NODE_EXTRA_CA_CERTS for Node.js,
        REQUESTS_CA_BUNDLE for Python, keytool -importcert for Java, http.sslCAInfo for git.
        Without such a product in your organisation, do not go on: somebody may be reading along.

fix-add-intermediate = Give the program the missing certificate until the server is repaired.
    .steps =
        Get the missing intermediate certificate from its authority: its address stands in the certificate (caIssuers).
        Add it to the program's list of certificates. Never switch the check off altogether.
        Remove it again when the server sends it itself.

fix-update-client = Update the program that failed.
    .steps =
        Install the newest version of the program, and of the runtime below it (Java, .NET, Python, OpenSSL).
        In old programs, look for a setting that switches TLS 1.2 or 1.3 on.

fix-install-client-certificate = Install your personal certificate.
    .steps =
        Ask whoever runs { $host } for a client certificate, usually a .p12 file and a password.
        Install it in the browser or the system's certificate store by opening it.
        For programs: --cert and --key in curl, keyStore in Java.

fix-slow-down = Ask less often.
    .steps =
        Read the answer's Retry-After header and wait that long before the next request.
        Repeat with growing pauses (exponential back-off with jitter), and keep answers instead of asking again.
        Check whether several copies of the program share one account.

fix-send-faster = Send the whole request at once.
    .steps =
        Check that the body really has the announced Content-Length, and that nothing in the program waits in between.
        Raise the server's request time-out for large uploads, or send them in parts.
        Do not reuse connections that have been idle for longer than the server's keep-alive time.

## This computer as a client

fix-set-clock = Set the clock.
    .steps =
        Switch automatic date and time on in the system's settings, and check the time zone.
    .steps-linux =
        Look: timedatectl
        Switch it on: sudo timedatectl set-ntp true. The clock is right after some seconds.
        Without a time service, by hand: sudo timedatectl set-time "YYYY-MM-DD HH:MM:SS"
        If it is wrong again after the next start, the battery on the mainboard may be empty.
    .steps-windows =
        Open Settings, Time & language, Date & time; switch on "Set time automatically" and choose Sync now.
        If it is wrong again after the next start, the battery on the mainboard may be empty.

fix-raise-client-timeout = Let the program wait longer.
    .steps =
        Find the time-out in the program's settings; often there are two, for connecting and for reading.
        { $has-connect-ms ->
            [yes] Connecting took { $connect-ms } ms here; three times as much is a good start.
           *[no] Three times the time that was measured here is a good start.
        }
        Set it for connecting and for reading separately, and repeat once rather than waiting for minutes.

fix-restart-program = Close the program that failed and start it again.
    .steps =
        Save your work, close the program completely, and start it again.
        Some programs go on in the background: check the task list.

fix-find-port-user = Find the program that uses all the connections.
    .steps =
        List the connections by program, and close or restart the one with thousands of them.
    .steps-linux =
        Count: ss -s
        See who has them: sudo ss -tnp | grep -o 'users:.*' | sort | uniq -c | sort -rn | head
        Close or restart that program.

fix-reuse-connections = Let the program keep and reuse its connections.
    .steps =
        Use one HTTP client with a connection pool for the whole program, not a new one for every request.
        Read answers to their end, so that connections can be reused (keep-alive), and limit how many run at once.

fix-widen-port-range = Give connections more local ports.
    .steps =
        Widen the range of local ports in the system's settings, and let closed ones be used again sooner.
    .steps-linux =
        Look: sysctl net.ipv4.ip_local_port_range
        Widen it: sudo sysctl -w net.ipv4.ip_local_port_range="10240 65535"
        Let sockets in TIME_WAIT be reused for new connections: sudo sysctl -w net.ipv4.tcp_tw_reuse=1
        To undo: the same commands with the old values.

fix-raise-file-limit = Raise the limit of open files.
    .steps =
        Raise the limit of open files for the program or its user, and start it again.
    .steps-linux =
        Look: cat /proc/PID/limits, and ls /proc/PID/fd | wc -l
        For a service: LimitNOFILE=65536 in sudo systemctl edit SERVICE, then sudo systemctl restart SERVICE
        For a shell: ulimit -n 65536; for a user: /etc/security/limits.conf

fix-close-descriptors = Find where the program leaves files or connections open.
    .steps =
        List what it holds open, at two moments; what grows without end is the leak.
        Close it in the code on every way out, errors included.
    .steps-linux =
        List what it holds open: lsof -p PID, at two moments; what grows without end is the leak.
        Close it in the code on every way out, errors included.

fix-close-busy-programs = Close the programs that keep the computer busy.
    .steps =
        Sort the running programs by CPU in the system's task list, and close the one at the top if you do not need it.
    .steps-linux =
        Run top (or the system monitor), sort by CPU with P, and close the program at the top if you do not need it.
    .steps-windows =
        Open Task Manager (Ctrl+Shift+Esc), sort by CPU, and close the program at the top if you do not need it.

fix-close-large-programs = Close the programs that need the most memory.
    .steps =
        Sort the running programs by memory in the system's task list, and close the one at the top if you do not need it.
        Close browser tabs that you no longer need.
    .steps-linux =
        Run top (or the system monitor), sort by memory with M, and close the program at the top if you do not need it.
        Close browser tabs that you no longer need.

fix-restart-computer = Restart the computer.
    .steps =
        Save your work and restart the computer.
        If the trouble returns soon, look for the program that causes it.

## This computer as a server

fix-start-server = Start the program that should answer.
    .steps =
        Start it and wait until it says that it is ready.
        Check that it names { the-port } in its output or settings.
    .steps-linux =
        For a service: systemctl status SERVICE, then sudo systemctl start SERVICE
        For a container: docker ps -a, then docker start NAME; check that its port is published (-p)
        Check: ss -ltn shows a line for { the-port }.

fix-check-server-log = Read why the program does not start.
    .steps =
        Read the last lines of its log: most often a port that is taken, a settings file with an error, or missing rights.
    .steps-linux =
        Read the last lines: journalctl -u SERVICE -n 50, or docker logs --tail 50 NAME
        Most often it is a port that is taken, a settings file with an error, or missing rights.

fix-listen-on-address = Let the program accept connections on the right address.
    .steps =
        Change its bind or listen address from 127.0.0.1 or localhost to 0.0.0.0 (all addresses) or to { $address }.
        Everybody in the network can then reach it: check that it asks for a password.
        Restart it. The setting is often called host, bind or listen; many tools take --host 0.0.0.0.

fix-listen-on-both-families = Let the program listen on IPv4 and IPv6.
    .steps =
        Change its bind address to both, for example :: without IPV6_V6ONLY, or 0.0.0.0 and :: together.
        Restart it, and try again.

fix-use-listening-address = Use the address where the program listens.
    .steps =
        Use the address that the program listens on{ in-brackets } in the client's settings instead of { $host }.

fix-restart-server = Restart the program that should answer.
    .steps =
        Restart it, and try again.
        If it hangs again soon, find out why before restarting it a third time.
    .steps-linux =
        For a service: sudo systemctl restart SERVICE; for a container: docker restart NAME
        If it hangs again soon, find out why before restarting it a third time.

fix-find-blocked-accept = Find out what keeps the program from accepting connections.
    .steps =
        Look at its stack while it hangs: most often all its workers wait for a database or for a lock.
        Never do slow work in the loop that accepts.
    .steps-linux =
        See the waiting line: ss -ltn (Recv-Q against Send-Q), and nstat -az TcpExtListenOverflows
        Look at its stack while it hangs: jstack PID, py-spy dump --pid PID, or gdb -p PID
        Most often all its workers wait for a database or a lock. Never do slow work in the loop that accepts.

fix-raise-backlog = Give new connections a longer waiting line.
    .steps =
        Raise the backlog in the program's settings and the system's limit for it. This helps against short rushes only.
    .steps-linux =
        Raise the backlog in the program's settings, and the system's limit: sudo sysctl -w net.core.somaxconn=4096
        This helps against short rushes only. To undo: the same with the old value.

fix-continue-process = Let the paused program go on.
    .steps =
        Continue it where it was paused: in the terminal, or in the debugger.
    .steps-linux =
        In the terminal where it runs: fg. From anywhere: kill -CONT PID{ in-brackets }
        Under a debugger, let it continue there.
        If it does not wake up, it hangs: restart it.

fix-stop-port-holder = Stop the program that holds the port.
    .steps =
        Find out which program it is{ in-brackets }, and stop it properly if you do not need it.
    .steps-linux =
        See who it is: sudo ss -ltnp{ $has-port ->
            [yes] { " " }'sport = :{ $port }'
           *[no] { "" }
        }
        Stop it properly: sudo systemctl stop SERVICE, docker stop NAME, or kill PID
        Then start your own program.
    .steps-windows =
        See who it is: netstat -ano | findstr :{ $port }, then tasklist /fi "PID eq NUMBER"
        Stop it properly, then start your own program.

fix-use-free-port = Let your program use another port.
    .steps =
        Choose a free port above 1023 in your program's settings and in those of its clients.

## Messages to an administrator of this computer

fix-tell-admin-route = Ask this computer's administrator to remove the route.
    .steps =
        Send the ready message to whoever administers this computer, with the saved report.
    .message =
        A route on this computer{ in-brackets } keeps it from reaching { $target }.
        Please remove or correct it, or tell me that it is intended.

fix-tell-admin-hosts = Ask this computer's administrator to correct the hosts file.
    .steps =
        Send the ready message to whoever administers this computer, with the saved report.
    .message =
        The hosts file{ in-brackets } sends { $host } to an address that does not serve it.
        Please remove or correct the entry, or tell me that it is intended.

fix-tell-admin-firewall = Ask this computer's administrator to change the firewall.
    .steps =
        Send the ready message to whoever administers this computer, with the saved report.
    .message =
        The firewall on this computer{ in-brackets } blocks the connection for { $target } ({ the-port }, TCP).
        Please allow it, or tell me that it is intended.

## Messages to the network's team or provider

fix-tell-network-dhcp = Ask the network team why no address is given out.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        This computer gets no address from DHCP{ in-brackets }.
        Please check whether the DHCP server answers on this segment and has free addresses, and whether the port or VLAN is right.

fix-tell-network-conflict = Report the address that two devices use.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        Another device uses this computer's IP address{ in-brackets }.
        Please find it by its MAC address (in the report), and check for fixed addresses inside the DHCP range.

fix-tell-network-gateway = Report that the router does not answer.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        The default gateway{ in-brackets } does not answer ARP or neighbour discovery from this computer.
        Please check the gateway, its address and the VLAN of this port.

fix-tell-network-ipv6 = Report that IPv6 does not work.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        This network announces IPv6{ in-brackets }, but connections over IPv6 get no answer while IPv4 works.
        Please repair IPv6 routing, or stop announcing it (router advertisements) until it works.

fix-tell-network-vpn = Report the trouble with the VPN.
    .steps = Send the ready message to the team that runs the VPN, with the saved report.
    .message =
        { $target } should be reachable through the VPN{ in-brackets }, and is not.
        Please check whether the VPN server sees this client, and whether it routes this destination both ways.

fix-tell-network-dns = Report that the name server does not answer.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        A DNS server handed out in this network{ in-brackets } is silent, refuses, or is slow.
        Please check the server and the way to it (UDP and TCP port 53), or hand out another one.

fix-tell-network-dns-answer = Report the name server's wrong answer.
    .steps = Send the ready message to whoever runs the name server, with the saved report.
    .message =
        The DNS server{ in-brackets } answers { $host } with an error, while other resolvers answer with an address.
        Please check its forwarders, DNSSEC validation and access rules for this client.

fix-tell-network-dns-cache = Ask for the old name entry to be cleared.
    .steps = Send the ready message to whoever runs the name server, with the saved report.
    .message =
        The DNS server{ in-brackets } still answers { $host } with an old address; independent resolvers give a newer one that works.
        Please flush this name from its cache, or correct the zone it holds.

fix-tell-network-dns-invented = Report that the name server invents answers.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        The DNS server{ in-brackets } answers names that do not exist with an address, or known names with a foreign one.
        Please switch this rewriting off, or tell me why it is there.

fix-tell-network-dns-internal = Ask how internal names are looked up here.
    .steps = Send the ready message to the network team, with the saved report.
    .message =
        { $host } is an internal name, and the DNS server in use{ in-brackets } does not know it.
        Please tell me which resolver serves it for this network or VPN, and hand it out to clients.

fix-tell-network-dns-tcp = Ask for DNS over TCP to be allowed.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        The answer for { $host } is truncated, and the repetition over TCP port 53 is blocked{ in-brackets }.
        Please allow TCP port 53 to the resolver (RFC 7766).

fix-tell-network-open-port = Ask the network team to allow the connection.
    .steps = Send the ready message to the team that runs the firewall, with the saved report.
    .message =
        Please allow TCP connections from this computer to { $address }, { the-port } ({ $target }).
        They are blocked{ at-place }.

fix-tell-network-reset = Report the device that breaks connections.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        Connections to { $target } are ended by TCP resets that do not come from the server{ in-brackets }.
        Please check which firewall, filter or intrusion prevention system does that, and allow this target.

fix-tell-network-proxy = Report that the proxy is out of reach.
    .steps = Send the ready message to the team that runs the proxy, with the saved report.
    .message =
        The configured proxy{ in-brackets } cannot be reached from this computer.
        Please check the proxy, its name in DNS and the settings that are distributed.

fix-tell-network-proxy-login = Ask for access to the proxy.
    .steps = Send the ready message to the team that runs the proxy, with the saved report.
    .message =
        The proxy{ in-brackets } answers 407 although I should be allowed to use it.
        Please check my account, and which sign-in methods it accepts from this program.

fix-tell-network-proxy-allow = Ask for this target to be allowed in the proxy.
    .steps = Send the ready message to the team that runs the proxy, with the saved report.
    .message =
        The proxy{ in-brackets } forbids { $target }. I need it for my work.
        Please allow it, or tell me which rule forbids it and why.

fix-tell-network-proxy-upstream = Report that the proxy cannot reach the target.
    .steps = Send the ready message to the team that runs the proxy, with the saved report.
    .message =
        The proxy{ in-brackets } answers the CONNECT for { $target } with an error of its own.
        Please check from the proxy: name resolution, route and firewall towards this target.

fix-tell-network-bypass = Ask for an exception in the distributed proxy settings.
    .steps = Send the ready message to the team that runs the proxy settings, with the saved report.
    .message =
        { $target } is sent to the proxy{ in-brackets }, which cannot reach it; directly it answers.
        Please add it to the bypass list or as DIRECT to the PAC file.

fix-tell-network-pac = Report the broken proxy settings file.
    .steps = Send the ready message to the team that runs the proxy settings, with the saved report.
    .message =
        The proxy auto-configuration file{ in-brackets } cannot be fetched or does not evaluate.
        Please check its server and its text.

fix-tell-network-route = Report the missing route.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        A router{ in-brackets } answers "network unreachable" for { $address } ({ $target }).
        Please check the routing towards this network.

fix-tell-network-path = Report where the packets disappear.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        Everything towards { $address } ({ $target }) disappears{ at-place }, in TCP, UDP and ICMP alike.
        Please check forwarding and the return route at that place.

fix-tell-network-loop = Report the circle in the routing.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        Packets for { $address } ({ $target }) circle between routers{ in-brackets }.
        Please correct the routing; the trace is in the report.

fix-tell-network-loss = Report where packets are lost.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        Packets to { $address } ({ $target }) are lost; the loss begins{ at-place } and continues to the target.
        Please check this link for errors and overload.

fix-tell-network-latency = Report the long way.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        Round-trip times to { $address } ({ $target }) are too high{ in-brackets }.
        Please check this link for overload and detours.

fix-tell-network-mtu = Report that large packets disappear.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        Large packets to { $address } ({ $target }) vanish without an ICMP message{ in-brackets }; small ones pass.
        Please let ICMP "fragmentation needed" and "packet too big" through, or clamp the TCP MSS on the smaller link.

fix-tell-network-inspection = Ask for an exception from inspection.
    .steps = Send the ready message to the network team, with the saved report.
    .message =
        Encrypted connections to { $target } are opened and signed again on the way{ in-brackets }; this program refuses that.
        Please send me the inspection authority's certificate, or exempt this target.

fix-tell-network-tls-dropped = Report that encrypted connections are swallowed.
    .steps = Send the ready message to the network team or provider, with the saved report.
    .message =
        TCP to { $target } connects, but the TLS ClientHello is never answered; other server names pass{ in-brackets }.
        Please check which filter drops it by its server name or size, and allow this target.

## Messages to whoever runs the far end

fix-tell-server-dns-name = Ask whoever runs the service about its name.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        The name { $host } does not exist in DNS (NXDOMAIN from every resolver asked).
        Was it removed or renamed? Please restore it, or tell me the new name.

fix-tell-server-dns-record = Ask for an address for the name.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        The name { $host } has neither an A nor an AAAA record.
        Please add one, or tell me the name to use.

fix-tell-server-open-port = Ask the server's side to allow the connection.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        TCP connections to { $address }, { the-port } ({ $target }) get no answer, while the host answers otherwise.
        Please check the server's firewall or security group for my address.

fix-tell-server-host-down = Tell whoever runs the server that it is not there.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        The server { $address } ({ $target }) does not answer at all, although its network is reached.
        Please check whether it runs, is connected, and still has this address.

fix-tell-server-not-listening = Tell whoever runs the server that the service is not running.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        The host { $address } refuses connections on { the-port } ({ $target }): nothing listens there.
        Please start the service, or tell me the right port.

fix-tell-server-port = Ask for the right port.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } does not offer the expected service on { the-port }, but another port does{ in-brackets }.
        Please tell me which one is meant, and correct the documentation.

fix-tell-server-overloaded = Tell whoever runs the server that it is overloaded.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        { $target } accepts only a part of the connections; the path to it has no loss.
        Please check its load, the accept queue (listen backlog) and connection limits.

fix-tell-server-backends = Tell whoever runs the service which of its servers fails.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        Some of the addresses behind { $host } do not serve{ in-brackets }; the others do.
        Please repair them, or take them out of DNS.

fix-tell-server-hangs = Tell whoever runs the service that it does not answer.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } accepts connections and acknowledges the request, but never answers.
        Please check whether the application hangs, and what it waits for.

fix-tell-server-slow = Tell whoever runs the service that it is slow.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } needs too long for its first byte, while the network round trip is short.
        Please check what this request waits for.

fix-tell-server-closes = Tell whoever runs the service that it hangs up.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } accepts connections and closes them without an answer.
        Please check its log at the time below, and whether it refuses my address.

fix-tell-server-protocol = Ask which protocol the service expects.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } answers in another protocol than expected{ in-brackets }.
        Please tell me whether it expects TLS, and which port is meant.

fix-tell-server-limit = Ask for a higher limit.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } answers 429 Too Many Requests.
        Please tell me which limit applies to my account, and whether it can be raised.

fix-tell-server-renew-certificate = Ask for the certificate to be renewed.
    .steps =
        Send the ready message to whoever runs the server, with the saved report.
        Do not switch the certificate check off; until it is renewed, nobody can be sure that it is the right server.
    .message =
        The certificate of { $host } ({ the-port }) has expired{ $has-expired-days ->
            [yes] { " " }{ days-ago }
           *[no] { "" }
        }.
        Please renew it, and check the automatic renewal.

fix-tell-server-certificate-dates = Ask for a certificate that is valid now.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        The certificate of { $host } ({ the-port }) is not valid yet.
        Please check its dates and the clock of the machine that issued it.

fix-tell-server-certificate-name = Ask for a certificate with the right name.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        The certificate at { $target } does not contain the name { $host }.
        Please add it to the subject alternative names, or tell me the name to use.

fix-tell-server-certificate-trust = Ask for a certificate from a known authority.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        The certificate of { $host } ({ the-port }) comes from an authority that my computer does not trust.
        Please use one from a public authority, or send me your authority's certificate and its fingerprint.

fix-tell-server-chain = Ask for the missing certificate to be sent along.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        { $host } ({ the-port }) does not send its intermediate certificate.
        Please configure the full chain ("fullchain"), not the server's certificate alone.

fix-tell-server-tls-version = Ask for current encryption.
    .steps = Send the ready message to whoever runs the server, with the saved report.
    .message =
        { $target } has no TLS version or cipher suite in common with my program.
        Please enable TLS 1.2 and 1.3.

fix-tell-server-client-certificate = Ask for a client certificate.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } demands a client certificate, and I have none.
        Please tell me how I get one.

fix-tell-server-gateway = Tell whoever runs the service that the system behind it fails.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } answers 502 Bad Gateway: its gateway is reached, its upstream gives no usable answer.
        Please check the upstream at the time below.

fix-tell-server-unavailable = Tell whoever runs the service that it is unavailable.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } answers 503 Service Unavailable.
        Please tell me whether this is maintenance or overload, and until when.

fix-tell-server-upstream = Tell whoever runs the service that the system behind it does not answer.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } answers 504 Gateway Timeout: the gateway is reached, its upstream is not, or is too slow.
        Please check the connection from the gateway to its upstream at the time below.

fix-tell-server-request-timeout = Tell whoever runs the service about the time-out.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } answers 408 Request Timeout.
        Please tell me how long a request may take, and whether the limit can be raised for large uploads.

fix-tell-server-access = Ask for access.
    .steps = Send the ready message to whoever runs the service, with the saved report.
    .message =
        { $target } answers 401 or 403 to my account.
        Please check my permission.
