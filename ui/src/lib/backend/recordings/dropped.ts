// `firewall.dropped`: a filter on the way swallows everything to one port; the host answers on others.
import { accepted, interfaces, lookup, route, trace, unanswered } from './parts';
import { record } from './recording';

const ADDRESS = '203.0.113.10';
const TO = `${ADDRESS}:8443`;

const dropped = unanswered(40, TO);
const traced = {
  ...trace(330, TO, false),
  way: {
    path: ['broken', '198.51.100.1'] as ['broken', string],
    service: ['unknown', TO] as ['unknown', string],
  },
};

export default record({
  target: {
    asked: 'api.example.test',
    host: 'api.example.test',
    address: ADDRESS,
    port: 8443,
    scheme: null,
    path: '',
    expect: 'https',
  },
  symptom: {
    kind: 'connect_timeout',
    alternatives: [],
    host: 'api.example.test',
    ip: ADDRESS,
    port: 8443,
    runtime: 'java',
    proxied: null,
    resolver: null,
    local: null,
    error_code: null,
  },
  contacts: ['192.0.2.53:53', 'http://check.example.test/generate_204'],
  verdict: 'problem',
  headline: 'We found what is wrong.',
  lines: [
    interfaces(1),
    route(4, ADDRESS),
    lookup(12, 'api.example.test', ADDRESS),
    dropped,
    accepted(41, `${ADDRESS}:443`, 'neighbour', 'comparison'),
    traced,
  ],
  diagnoses: [
    {
      cause: 'firewall.dropped',
      confidence: 0.93,
      title: 'A firewall on the way silently discards connections to port 8443 of api.example.test.',
      explanation:
        'The server answers on other ports, but everything sent to port 8443 vanishes behind 198.51.100.1. Nothing comes back: no refusal, no ICMP error. That is what a firewall does that drops packets.',
      where: { kind: 'hop', name: '198.51.100.1' },
      who: 'network',
      evidence: [
        { id: 'e4', sign: 'goal_silent', present: true, stance: 'for', weight: 3.1 },
        { id: 'e5', sign: 'neighbour_port_answers', present: true, stance: 'for', weight: 2.4 },
        { id: 'e6', sign: 'trace_stops', present: true, stance: 'for', weight: 1.2 },
        { id: 'e3', sign: 'name_resolves', present: true, stance: 'against', weight: 0.3 },
      ],
      fixes: [
        {
          id: 'ask_network_team_to_open_port',
          title: 'Ask the network team to allow this connection',
          steps: [
            'Send the message below to the team that runs the network.',
            'Ask them to allow TCP from 192.0.2.17 to 203.0.113.10, port 8443.',
            'When they say that it is done, choose “Check again”.',
          ],
          who: 'network',
          risk: 'none',
          rights: 'somebody_else',
          minutes: 10,
          workaround: false,
          hand_over: true,
        },
        {
          id: 'use_other_network',
          title: 'Use another network meanwhile',
          steps: [
            'Connect to another network, such as a mobile hotspot or the VPN.',
            'Try the service again.',
          ],
          who: 'user',
          risk: 'reversible',
          rights: 'user',
          minutes: 5,
          workaround: true,
          hand_over: false,
        },
      ],
      params: { target: 'api.example.test', port: '8443' },
      words: {
        sure: 'very likely',
        percent: '93',
        place: 'router 198.51.100.1',
        signs: [
          'Nothing at all comes back from port 8443.',
          'The same server answers on another port.',
          'Packets to this port are last seen at 198.51.100.1.',
          'The name can be turned into an address.',
        ],
      },
    },
    {
      cause: 'path.blackhole',
      confidence: 0.04,
      title: 'Everything on the way to api.example.test gets lost at one place.',
      explanation: 'Packets towards the server stop at the same router, whatever they are for.',
      where: { kind: 'hop', name: '198.51.100.1' },
      who: 'network',
      evidence: [{ id: 'e5', sign: 'neighbour_port_answers', present: true, stance: 'against', weight: 2.8 }],
      fixes: [],
      params: {},
      words: {
        sure: 'unlikely',
        percent: '4',
        place: 'router 198.51.100.1',
        signs: ['The same server answers on another port.'],
      },
    },
  ],
});
