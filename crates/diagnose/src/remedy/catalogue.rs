//! Every remedy once, by area. Minutes are what somebody practised needs.

use netmend_model::Who::{Admin, Developer, Network, Server, User};

use super::Fix;

// This computer's link, address and routes.
pub const CONNECT_LINK: Fix = Fix::by(User, "connect_link", 2);
pub const RESTART_ADAPTER: Fix = Fix::by(User, "restart_adapter", 2).cuts_network();
pub const USE_OTHER_NETWORK: Fix = Fix::by(User, "use_other_network", 5).reversible().workaround();
pub const MOVE_CLOSER: Fix = Fix::by(User, "move_closer", 2);
pub const USE_CABLE: Fix = Fix::by(User, "use_cable", 5);
pub const REJOIN_NETWORK: Fix = Fix::by(User, "rejoin_network", 2).cuts_network();
pub const RESTART_ROUTER: Fix = Fix::by(User, "restart_router", 5).cuts_network();
pub const SET_GATEWAY: Fix = Fix::by(Admin, "set_gateway", 5).reversible().administrator();
pub const REMOVE_ROUTE: Fix = Fix::by(Admin, "remove_route", 5).reversible().administrator();
pub const PREFER_IPV4: Fix = Fix::by(Admin, "prefer_ipv4", 5).reversible().administrator().workaround();
pub const LOWER_MTU: Fix = Fix::by(Admin, "lower_mtu", 5).reversible().administrator().workaround();
pub const STOP_HEAVY_TRAFFIC: Fix = Fix::by(User, "stop_heavy_traffic", 5);
pub const CONNECT_VPN: Fix = Fix::by(User, "connect_vpn", 2).reversible();
pub const RECONNECT_VPN: Fix = Fix::by(User, "reconnect_vpn", 2).cuts_network();
pub const DISCONNECT_VPN: Fix = Fix::by(User, "disconnect_vpn", 2).reversible().workaround();

// Names.
pub const CHECK_SPELLING: Fix = Fix::by(User, "check_spelling", 2);
pub const CHECK_ADDRESS: Fix = Fix::by(User, "check_address", 3);
pub const CHANGE_RESOLVER: Fix = Fix::by(Admin, "change_resolver", 5).reversible().administrator().workaround();
pub const SET_INTERNAL_RESOLVER: Fix = Fix::by(Admin, "set_internal_resolver", 10).reversible().administrator();
pub const REMOVE_DEAD_RESOLVER: Fix = Fix::by(Admin, "remove_dead_resolver", 5).reversible().administrator();
pub const FLUSH_DNS_CACHE: Fix = Fix::by(User, "flush_dns_cache", 2);
pub const EDIT_HOSTS: Fix = Fix::by(Admin, "edit_hosts", 5).reversible().administrator();

// Firewalls and sign-in pages.
pub const ALLOW_OUTBOUND: Fix = Fix::by(Admin, "allow_outbound", 10).reversible().administrator();
pub const ALLOW_INBOUND: Fix = Fix::by(Admin, "allow_inbound", 10).reversible().administrator();
pub const SIGN_IN_PORTAL: Fix = Fix::by(User, "sign_in_portal", 3);

// Proxies.
pub const CHECK_PROXY_SETTINGS: Fix = Fix::by(User, "check_proxy_settings", 5).reversible();
pub const SWITCH_PROXY_OFF: Fix = Fix::by(User, "switch_proxy_off", 3).reversible().workaround();
pub const SIGN_IN_PROXY: Fix = Fix::by(User, "sign_in_proxy", 5).reversible();
pub const BYPASS_PROXY: Fix = Fix::by(User, "bypass_proxy", 5).reversible();
pub const USE_PROXY: Fix = Fix::by(User, "use_proxy", 5).reversible();
pub const CHECK_PAC_ADDRESS: Fix = Fix::by(User, "check_pac_address", 5);
pub const SWITCH_PAC_OFF: Fix = Fix::by(User, "switch_pac_off", 3).reversible().workaround();

// The service, as its users see it.
pub const WAIT_AND_RETRY: Fix = Fix::by(User, "wait_and_retry", 15);
pub const CHECK_PORT: Fix = Fix::by(User, "check_port", 3);
pub const USE_FOUND_PORT: Fix = Fix::by(User, "use_found_port", 3).reversible();
pub const CHECK_PROTOCOL: Fix = Fix::by(User, "check_protocol", 5).reversible();
pub const SIGN_IN: Fix = Fix::by(User, "sign_in", 5);
pub const USE_CERTIFICATE_NAME: Fix = Fix::by(User, "use_certificate_name", 3).reversible();
pub const TRUST_AUTHORITY: Fix = Fix::by(Admin, "trust_authority", 10).reversible().administrator();
pub const TRUST_INSPECTION: Fix = Fix::by(Admin, "trust_inspection", 10).reversible().administrator();
pub const ADD_INTERMEDIATE: Fix = Fix::by(Developer, "add_intermediate", 10).reversible().workaround();
pub const UPDATE_CLIENT: Fix = Fix::by(User, "update_client", 15).reversible();
pub const INSTALL_CLIENT_CERTIFICATE: Fix = Fix::by(User, "install_client_certificate", 10).reversible();
pub const SLOW_DOWN: Fix = Fix::by(Developer, "slow_down", 30).reversible();
pub const SEND_FASTER: Fix = Fix::by(Developer, "send_faster", 30).reversible();

// This computer as a client.
pub const SET_CLOCK: Fix = Fix::by(User, "set_clock", 3).reversible().administrator();
pub const RAISE_CLIENT_TIMEOUT: Fix = Fix::by(Developer, "raise_client_timeout", 10).reversible().workaround();
pub const RESTART_PROGRAM: Fix = Fix::by(User, "restart_program", 2);
pub const FIND_PORT_USER: Fix = Fix::by(Admin, "find_port_user", 10).reversible();
pub const REUSE_CONNECTIONS: Fix = Fix::by(Developer, "reuse_connections", 60).reversible();
pub const WIDEN_PORT_RANGE: Fix = Fix::by(Admin, "widen_port_range", 5).reversible().administrator().workaround();
pub const RAISE_FILE_LIMIT: Fix = Fix::by(Admin, "raise_file_limit", 10).reversible().administrator().workaround();
pub const CLOSE_DESCRIPTORS: Fix = Fix::by(Developer, "close_descriptors", 60).reversible();
pub const CLOSE_BUSY_PROGRAMS: Fix = Fix::by(User, "close_busy_programs", 5);
pub const CLOSE_LARGE_PROGRAMS: Fix = Fix::by(User, "close_large_programs", 5);
pub const RESTART_COMPUTER: Fix = Fix::by(User, "restart_computer", 5).cuts_network().workaround();

// This computer as a server.
pub const START_SERVER: Fix = Fix::by(Developer, "start_server", 5).reversible();
pub const CHECK_SERVER_LOG: Fix = Fix::by(Developer, "check_server_log", 10);
pub const LISTEN_ON_ADDRESS: Fix = Fix::by(Developer, "listen_on_address", 10).reversible();
pub const LISTEN_ON_BOTH_FAMILIES: Fix = Fix::by(Developer, "listen_on_both_families", 10).reversible();
pub const USE_LISTENING_ADDRESS: Fix = Fix::by(Developer, "use_listening_address", 3).reversible().workaround();
pub const RESTART_SERVER: Fix = Fix::by(Developer, "restart_server", 5).reversible().workaround();
pub const FIND_BLOCKED_ACCEPT: Fix = Fix::by(Developer, "find_blocked_accept", 30);
pub const RAISE_BACKLOG: Fix = Fix::by(Developer, "raise_backlog", 10).reversible().workaround();
pub const CONTINUE_PROCESS: Fix = Fix::by(Developer, "continue_process", 2).reversible();
pub const STOP_PORT_HOLDER: Fix = Fix::by(Developer, "stop_port_holder", 5).reversible();
pub const USE_FREE_PORT: Fix = Fix::by(Developer, "use_free_port", 5).reversible().workaround();

// Messages to an administrator of this computer.
pub const TELL_ADMIN_ROUTE: Fix = Fix::tell(Admin, "tell_admin_route");
pub const TELL_ADMIN_HOSTS: Fix = Fix::tell(Admin, "tell_admin_hosts");
pub const TELL_ADMIN_FIREWALL: Fix = Fix::tell(Admin, "tell_admin_firewall");

// Messages to the network's team or provider.
pub const TELL_NETWORK_DHCP: Fix = Fix::tell(Network, "tell_network_dhcp");
pub const TELL_NETWORK_CONFLICT: Fix = Fix::tell(Network, "tell_network_conflict");
pub const TELL_NETWORK_GATEWAY: Fix = Fix::tell(Network, "tell_network_gateway");
pub const TELL_NETWORK_IPV6: Fix = Fix::tell(Network, "tell_network_ipv6");
pub const TELL_NETWORK_VPN: Fix = Fix::tell(Network, "tell_network_vpn");
pub const TELL_NETWORK_DNS: Fix = Fix::tell(Network, "tell_network_dns");
pub const TELL_NETWORK_DNS_ANSWER: Fix = Fix::tell(Network, "tell_network_dns_answer");
pub const TELL_NETWORK_DNS_CACHE: Fix = Fix::tell(Network, "tell_network_dns_cache");
pub const TELL_NETWORK_DNS_INVENTED: Fix = Fix::tell(Network, "tell_network_dns_invented");
pub const TELL_NETWORK_DNS_INTERNAL: Fix = Fix::tell(Network, "tell_network_dns_internal");
pub const TELL_NETWORK_DNS_TCP: Fix = Fix::tell(Network, "tell_network_dns_tcp");
pub const TELL_NETWORK_OPEN_PORT: Fix = Fix::tell(Network, "tell_network_open_port");
pub const TELL_NETWORK_RESET: Fix = Fix::tell(Network, "tell_network_reset");
pub const TELL_NETWORK_PROXY: Fix = Fix::tell(Network, "tell_network_proxy");
pub const TELL_NETWORK_PROXY_LOGIN: Fix = Fix::tell(Network, "tell_network_proxy_login");
pub const TELL_NETWORK_PROXY_ALLOW: Fix = Fix::tell(Network, "tell_network_proxy_allow");
pub const TELL_NETWORK_PROXY_UPSTREAM: Fix = Fix::tell(Network, "tell_network_proxy_upstream");
pub const TELL_NETWORK_BYPASS: Fix = Fix::tell(Network, "tell_network_bypass");
pub const TELL_NETWORK_PAC: Fix = Fix::tell(Network, "tell_network_pac");
pub const TELL_NETWORK_ROUTE: Fix = Fix::tell(Network, "tell_network_route");
pub const TELL_NETWORK_PATH: Fix = Fix::tell(Network, "tell_network_path");
pub const TELL_NETWORK_LOOP: Fix = Fix::tell(Network, "tell_network_loop");
pub const TELL_NETWORK_LOSS: Fix = Fix::tell(Network, "tell_network_loss");
pub const TELL_NETWORK_LATENCY: Fix = Fix::tell(Network, "tell_network_latency");
pub const TELL_NETWORK_MTU: Fix = Fix::tell(Network, "tell_network_mtu");
pub const TELL_NETWORK_INSPECTION: Fix = Fix::tell(Network, "tell_network_inspection");
pub const TELL_NETWORK_TLS_DROPPED: Fix = Fix::tell(Network, "tell_network_tls_dropped");

// Messages to whoever runs the far end.
pub const TELL_SERVER_DNS_NAME: Fix = Fix::tell(Server, "tell_server_dns_name");
pub const TELL_SERVER_DNS_RECORD: Fix = Fix::tell(Server, "tell_server_dns_record");
pub const TELL_SERVER_OPEN_PORT: Fix = Fix::tell(Server, "tell_server_open_port");
pub const TELL_SERVER_HOST_DOWN: Fix = Fix::tell(Server, "tell_server_host_down");
pub const TELL_SERVER_NOT_LISTENING: Fix = Fix::tell(Server, "tell_server_not_listening");
pub const TELL_SERVER_PORT: Fix = Fix::tell(Server, "tell_server_port");
pub const TELL_SERVER_OVERLOADED: Fix = Fix::tell(Server, "tell_server_overloaded");
pub const TELL_SERVER_BACKENDS: Fix = Fix::tell(Server, "tell_server_backends");
pub const TELL_SERVER_HANGS: Fix = Fix::tell(Server, "tell_server_hangs");
pub const TELL_SERVER_SLOW: Fix = Fix::tell(Server, "tell_server_slow");
pub const TELL_SERVER_CLOSES: Fix = Fix::tell(Server, "tell_server_closes");
pub const TELL_SERVER_PROTOCOL: Fix = Fix::tell(Server, "tell_server_protocol");
pub const TELL_SERVER_LIMIT: Fix = Fix::tell(Server, "tell_server_limit");
pub const TELL_SERVER_RENEW_CERTIFICATE: Fix = Fix::tell(Server, "tell_server_renew_certificate");
pub const TELL_SERVER_CERTIFICATE_DATES: Fix = Fix::tell(Server, "tell_server_certificate_dates");
pub const TELL_SERVER_CERTIFICATE_NAME: Fix = Fix::tell(Server, "tell_server_certificate_name");
pub const TELL_SERVER_CERTIFICATE_TRUST: Fix = Fix::tell(Server, "tell_server_certificate_trust");
pub const TELL_SERVER_CHAIN: Fix = Fix::tell(Server, "tell_server_chain");
pub const TELL_SERVER_TLS_VERSION: Fix = Fix::tell(Server, "tell_server_tls_version");
pub const TELL_SERVER_CLIENT_CERTIFICATE: Fix = Fix::tell(Server, "tell_server_client_certificate");
pub const TELL_SERVER_GATEWAY: Fix = Fix::tell(Server, "tell_server_gateway");
pub const TELL_SERVER_UNAVAILABLE: Fix = Fix::tell(Server, "tell_server_unavailable");
pub const TELL_SERVER_UPSTREAM: Fix = Fix::tell(Server, "tell_server_upstream");
pub const TELL_SERVER_REQUEST_TIMEOUT: Fix = Fix::tell(Server, "tell_server_request_timeout");
pub const TELL_SERVER_ACCESS: Fix = Fix::tell(Server, "tell_server_access");
