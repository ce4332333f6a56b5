// Whether what was seen is what one hopes for: for an icon beside the words.
import type { Data } from '../types/Data';
import type { Evidence } from '../types/Evidence';

/** `plain` where good or bad cannot be said, `none` where nothing was measured. */
export type Tone = 'good' | 'bad' | 'plain' | 'none';

const ifSo = (so: boolean): Tone => (so ? 'good' : 'bad');

function toneOfData(data: Data): Tone {
  switch (data.type) {
    case 'connect':
      return ifSo(data.attempts.some((attempt) => attempt.end.end === 'connected'));
    case 'lookup':
      // That a name has no address of one family is ordinary.
      if (data.end.end === 'answered' && data.rcode === 'NOERROR')
        return data.addresses.length > 0 ? 'good' : 'plain';
      return 'bad';
    case 'system_lookup':
      return ifSo(data.addresses.length > 0);
    case 'route_to':
      return ifSo(data.error === null);
    case 'resolvers':
      return data.servers.length > 0 ? 'plain' : 'bad';
    case 'trace':
      return ifSo(data.end.end === 'reached');
    case 'http':
      return ifSo(data.status !== null && data.status < 400);
    case 'tls':
      return ifSo(data.end.end === 'completed' && data.trust_system.trust !== 'untrusted');
    case 'proxy':
      return ifSo(data.status === 200 && data.target_answered !== false);
    case 'connectivity':
      return ifSo(data.status === 204 && data.body_bytes === 0);
    case 'samples':
      return ifSo(data.accepted === data.sent && data.retransmitted === 0);
    case 'egress':
      return ifSo(data.udp_error === null);
    case 'first_hop':
      return data.answered ? 'good' : data.control_answered ? 'bad' : 'plain';
    case 'echo':
      // Many hosts do not answer a ping at all, which is no fault; to answer some of them is.
      return data.received === data.sent ? 'good' : data.received > 0 ? 'bad' : 'plain';
    case 'mtu':
      return data.vanished === null ? 'good' : 'bad';
    case 'greeting':
      return data.received === '' && data.end.end !== 'silent' ? 'bad' : 'good';
    case 'pac':
      return ifSo(data.result !== null);
    default:
      return 'plain';
  }
}

export function toneOf(evidence: Evidence): Tone {
  return evidence.outcome === 'observed' ? toneOfData(evidence.data) : 'none';
}
