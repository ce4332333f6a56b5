// Measurements as the lab's hosts answer them, to write recordings from.
import type { ConnectAttempt } from '../../types/ConnectAttempt';
import type { Data } from '../../types/Data';
import type { Role } from '../../types/Role';
import type { Why } from '../../types/Why';
import type { Line } from './recording';

type DataOf<T extends Data['type']> = Extract<Data, { type: T }>;

const TCP_INFO = {
  state: 'SYN_SENT',
  retransmits: 1,
  total_retrans: 1,
  unacked: 1,
  lost: 0,
  rtt_us: 0,
  rtt_var_us: 250_000,
  min_rtt_us: null,
  rto_us: 2_000_000,
  snd_mss: 536,
  rcv_mss: 88,
  pmtu: 1500,
  snd_cwnd: 1,
  bytes_acked: 0,
  bytes_received: 0,
  options: [],
};

export function interfaces(at: number): Line {
  const address = { address: '192.0.2.17', prefix: 24, duplicate: false, tentative: false, dynamic: true };
  const data: DataOf<'interfaces'> = {
    type: 'interfaces',
    interfaces: [
      {
        name: 'eth0',
        index: 2,
        kind: 'ethernet',
        up: true,
        carrier: true,
        oper_state: 'up',
        mtu: 1500,
        mac: '02:00:00:00:00:17',
        addresses: [address],
        driver: 'veth',
      },
    ],
  };
  return {
    at,
    took: 2.1,
    request: { kind: 'fact', topic: 'interfaces' },
    why: 'basis',
    data,
    said: { request: 'Network interfaces', seen: '1 of 1 usable: eth0' },
    way: { computer: ['fine', 'eth0 192.0.2.17'], local_network: ['checking', ''] },
  };
}

export function route(at: number, address: string): Line {
  return {
    at,
    took: 0.6,
    request: { kind: 'route_to', address },
    why: 'basis',
    data: {
      type: 'route_to',
      route: {
        destination: '0.0.0.0/0',
        gateway: '192.0.2.1',
        interface: 'eth0',
        source: '192.0.2.17',
        metric: 100,
        kind: 'unicast',
        table: 254,
        mtu: null,
        origin: 'dhcp',
      },
      error: null,
    },
    said: { request: `Route to ${address}`, seen: 'through 192.0.2.1 on eth0' },
    way: { local_network: ['fine', '192.0.2.1'], names: ['checking', ''] },
  };
}

export function lookup(at: number, name: string, address: string | null, server = '192.0.2.53:53'): Line {
  const data: DataOf<'lookup'> = {
    type: 'lookup',
    end: { end: 'answered' },
    rcode: address ? 'NOERROR' : 'NXDOMAIN',
    flags: ['rd', 'ra'],
    answers: address ? [{ name, record: 'A', ttl_s: 300, data: address }] : [],
    addresses: address ? [address] : [],
    soa: address ? null : 'test',
    extended_errors: [],
    transport: 'udp',
    answer_ms: 11.4,
    tcp: null,
    sent: 1,
  };
  return {
    at,
    took: 11.6,
    request: { kind: 'lookup', server, name, record: 'A', role: 'configured' },
    why: 'basis',
    data,
    said: {
      request: `Look-up of ${name} (A) at ${server}, configured name server`,
      seen: address ? `NOERROR in 11 ms: ${address}` : 'NXDOMAIN in 11 ms, no address',
    },
    way: address
      ? { names: ['fine', server], path: ['checking', ''], service: ['checking', ''] }
      : { names: ['broken', server] },
  };
}

export function accepted(at: number, to: string, role: Role, why: Why, took = 20.8): Line {
  const attempt: ConnectAttempt = {
    after_ms: 0,
    elapsed_ms: took,
    local: '192.0.2.17:41712',
    end: { end: 'connected' },
    so_error: null,
    tcp_info: {
      ...TCP_INFO,
      state: 'ESTABLISHED',
      retransmits: 0,
      total_retrans: 0,
      rtt_us: 20_800,
      snd_mss: 1448,
    },
    icmp: [],
  };
  return {
    at,
    took,
    request: { kind: 'connect', to, role, wait_ms: null },
    why,
    data: { type: 'connect', attempts: [attempt] },
    said: { request: `Connection to ${to}`, seen: `accepted in ${Math.round(took)} ms` },
  };
}

export function unanswered(at: number, to: string): Line {
  const attempts = [0, 210, 430].map((after_ms): ConnectAttempt => ({
    after_ms,
    elapsed_ms: 1080 - after_ms,
    local: `192.0.2.17:${41700 + after_ms}`,
    end: { end: 'no_answer' },
    so_error: null,
    tcp_info: TCP_INFO,
    icmp: [],
  }));
  return {
    at,
    took: 1080,
    request: { kind: 'connect', to, role: 'target', wait_ms: null },
    why: 'goal',
    data: { type: 'connect', attempts },
    said: { request: `Connection to ${to}, the target`, seen: 'no answer to 3 attempts in 1080 ms' },
  };
}

export function trace(at: number, to: string, reached: boolean): Line {
  const reply = (from: string, rtt_ms: number) => ({
    from,
    rtt_ms,
    icmp: {
      origin: 'icmp' as const,
      type: 11,
      code: 0,
      from,
      error: { code: 113, symbol: 'EHOSTUNREACH' },
      after_ms: rtt_ms,
      mtu: null,
    },
  });
  return {
    at,
    took: 640,
    request: { kind: 'trace', to, method: 'tcp', role: 'target' },
    why: 'locate',
    data: {
      type: 'trace',
      hops: [
        { ttl: 1, sent: 1, replies: [reply('192.0.2.1', 0.7)] },
        { ttl: 2, sent: 1, replies: [reply('198.51.100.1', 9.9)] },
        { ttl: 3, sent: 1, replies: [] },
      ],
      end: reached ? { end: 'reached', ttl: 3, by: 'syn_ack' } : { end: 'silent' },
    },
    said: {
      request: `The way to ${to} (TCP), the target`,
      seen: reached ? 'reached after 3 hops' : 'last answer from 198.51.100.1 at hop 2',
    },
  };
}

export function http(at: number, to: string, url: string): Line {
  return {
    at,
    took: 64,
    request: { kind: 'http', to, url, via: 'direct', mss: null },
    why: 'goal',
    data: {
      type: 'http',
      end: { end: 'answered' },
      phases: { connect_ms: 20.7, tls_ms: 21.9, first_byte_ms: 20.6, transfer_ms: 0.4 },
      status: 200,
      headers: [
        ['server', 'lab'],
        ['content-type', 'text/html'],
      ],
      body_start: '<!doctype html>',
      body_bytes: 512,
      tcp_info: null,
    },
    said: { request: `Request for ${url} at ${to}`, seen: 'HTTP 200 in 21 ms' },
    way: { path: ['fine', '198.51.100.1'], service: ['fine', to] },
  };
}
