// `dns.name_not_found`: the name does not exist, and every name server agrees.
import { interfaces, lookup, route } from './parts';
import { record } from './recording';

const NAME = 'wwww.example.test';

export default record({
  target: { asked: NAME, host: NAME, address: null, port: null, scheme: null, path: '', expect: 'https' },
  symptom: null,
  contacts: ['192.0.2.53:53', '198.51.100.53:53'],
  verdict: 'problem',
  headline: 'We found what is wrong.',
  lines: [
    interfaces(1),
    route(4, '192.0.2.53'),
    lookup(12, NAME, null),
    {
      ...lookup(13, NAME, null, '198.51.100.53:53'),
      why: 'comparison',
      way: { names: ['broken', '192.0.2.53'], path: ['unknown', ''], service: ['unknown', ''] },
    },
  ],
  diagnoses: [
    {
      cause: 'dns.name_not_found',
      confidence: 0.97,
      title: 'The name wwww.example.test does not exist.',
      explanation: 'Every name server that was asked says so (NXDOMAIN). Most often a letter is wrong.',
      where: null,
      who: 'user',
      evidence: [
        { id: 'e3', sign: 'name_denied', present: true, stance: 'for', weight: 2.9 },
        { id: 'e4', sign: 'name_denied_elsewhere', present: true, stance: 'for', weight: 2.6 },
      ],
      fixes: [
        {
          id: 'check_spelling',
          title: 'Check the spelling of the name',
          steps: [
            'Compare the name letter by letter with where you have it from.',
            'Correct it and check again.',
          ],
          who: 'user',
          risk: 'none',
          rights: 'user',
          minutes: 1,
          workaround: false,
          hand_over: false,
        },
      ],
      params: { target: NAME },
      words: {
        sure: 'practically certain',
        percent: '97',
        place: '',
        signs: [
          'The configured name servers say that the name does not exist.',
          'An independent name server says as well that the name does not exist.',
        ],
      },
    },
  ],
});
