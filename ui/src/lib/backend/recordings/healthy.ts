// A healthy HTTPS target.
import { accepted, http, interfaces, lookup, route, trace } from './parts';
import { record } from './recording';

const ADDRESS = '203.0.113.20';
const TO = `${ADDRESS}:443`;

export default record({
  target: {
    asked: 'www.example.test',
    host: 'www.example.test',
    address: null,
    port: null,
    scheme: null,
    path: '',
    expect: 'https',
  },
  symptom: null,
  contacts: ['192.0.2.53:53'],
  verdict: 'healthy',
  headline: 'www.example.test works.',
  lines: [
    interfaces(1),
    route(4, ADDRESS),
    lookup(12, 'www.example.test', ADDRESS),
    accepted(40, TO, 'target', 'goal'),
    http(62, TO, 'https://www.example.test/'),
    trace(62, TO, true),
  ],
  diagnoses: [],
  notes: ['One router on the way does not answer traces. That is common and no fault.'],
});
