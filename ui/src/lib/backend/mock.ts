// Plays recorded runs in a browser, in their own time. Nothing is measured, nothing is sent.
import type { Report } from '../types/Report';
import type { Target } from '../types/Target';
import type { Ask, Backend, Finding, Format, Question, Recent, Told, Understanding } from './backend';
import dropped from './recordings/dropped';
import healthy from './recordings/healthy';
import names from './recordings/names';
import type { Recording } from './recordings/recording';

const RECORDINGS = [dropped, healthy, names];
const RECENT: Recent[] = [
  { asked: 'www.example.test', at: '2026-11-20T15:12:00Z' },
  { asked: 'wwww.example.test', at: '2026-11-19T09:30:00Z' },
];

/** How much slower than recorded a run is played, so that there is something to see; `?pace=1` is real time. */
const PACE = Number(new URLSearchParams(location.search).get('pace') ?? 3);

function recordingOf(host: string | undefined): Recording {
  return RECORDINGS.find((recording) => recording.finding.report.target?.host === host) ?? dropped;
}

function targetOf(question: Question): Target | null {
  const words = question.text.trim();
  const named = RECORDINGS.map((recording) => recording.finding.report.target?.host ?? '').filter((host) =>
    words.split(/[^\w.-]/).includes(host),
  );
  const host = question.host ?? named[0] ?? /^[\w-]+(?:\.[\w-]+)+/.exec(words)?.[0] ?? null;
  if (!host) return null;
  const port = question.port ?? Number(/:(\d{2,5})\b/.exec(words)?.[1] ?? Number.NaN);
  const base = recordingOf(host).finding.report.target ?? dropped.finding.report.target!;
  return { ...base, asked: host, host, port: Number.isNaN(port) ? null : port };
}

function understand(question: Question): Understanding {
  if (/^https?:\/\/$/.test(question.text.trim())) {
    const problem = { code: 'target_no_host', params: { given: question.text.trim() } };
    return { symptom: null, target: null, contacts: [], problem };
  }
  const target = targetOf(question);
  const kind = question.kind ?? (/timed? ?-?out/i.test(question.text) ? 'connect_timeout' : null);
  const symptom = dropped.finding.report.symptom;
  return {
    target,
    symptom: kind && symptom ? { ...symptom, kind } : null,
    contacts: question.external
      ? ['192.0.2.53:53', 'http://check.example.test/generate_204']
      : ['192.0.2.53:53'],
    problem: null,
  };
}

function asNow(finding: Finding, ask: Ask): Finding {
  const report = {
    ...finding.report,
    target: ask.target,
    symptom: ask.symptom,
    started: new Date().toISOString(),
  };
  return { ...finding, report };
}

/** Plays runs; every second one of a question is that after the repair. */
class Player {
  #halt: () => void = () => undefined;
  #runs = 0;

  async start(ask: Ask, tell: (told: Told) => void): Promise<Finding> {
    this.#runs += 1;
    const host = ask.target?.host;
    const repaired = host === 'api.example.test' && this.#runs % 2 === 0;
    const { told, finding } = repaired || !ask.target ? healthy : recordingOf(host);
    const begun = performance.now();
    for (const { at, told: next } of told) {
      const wait = at * PACE - (performance.now() - begun);
      if (wait > 0 && (await this.#interrupted(wait))) return stopped(asNow(finding, ask));
      tell(next);
    }
    return asNow(finding, ask);
  }

  stop(): void {
    this.#halt();
  }

  #interrupted(wait: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), wait);
      this.#halt = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}

function stopped(finding: Finding): Finding {
  const report: Report = { ...finding.report, verdict: 'inconclusive', diagnoses: [], interrupted: true };
  return {
    ...finding,
    report,
    words: { ...finding.words, headline: 'The check was stopped; this is what is known so far.' },
  };
}

function page(report: Report, redaction: string): string {
  const lines = report.evidence.map((evidence) => `<li>${evidence.id} ${evidence.probe}</li>`).join('');
  const title = report.diagnoses[0]?.title ?? report.verdict;
  return `<!doctype html><meta charset="utf-8"><style>body{font:15px system-ui;margin:2rem}</style><h1>${title}</h1><p>Removed: ${redaction}</p><ul>${lines}</ul>`;
}

function rendered(report: Report, format: Format, redaction: string): string {
  if (format === 'json') return JSON.stringify({ ...report, redaction }, null, 2);
  if (format === 'html') return page(report, redaction);
  return `Netmend report: ${report.diagnoses[0]?.title ?? report.verdict}`;
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A backend that plays recordings. */
export function mock(): Backend {
  const player = new Player();
  return { ...STILL, start: (ask, tell) => player.start(ask, tell), stop: async () => player.stop() };
}

const STILL: Omit<Backend, 'start' | 'stop'> = {
  understand: async (question) => understand(question),
  profile: async () => ({
    name: 'Example Corp',
    reference: { resolvers: [], connectivity: [], ntp: [] },
    service: [{ name: 'Payroll', target: 'https://api.example.test:8443', internal: true, expect: 'https' }],
    support: { contact: 'help@corp.example' },
  }),
  recent: async () => RECENT,
  explain: async () =>
    'A filter between you and the service discards packets without saying so. The program waits until it gives up.',
  message: async (report, diagnosis) =>
    `Hello,\n\nplease allow TCP from ${report.host.name} to ${report.target?.host}, port ${report.target?.port}.\n\nNetmend found: ${report.diagnoses[diagnosis]?.title}`,
  render: async (report, format, redaction) => rendered(report, format, redaction),
  preview: async (report, redaction) => ({ html: page(report, redaction) }),
  save: async (report, format, redaction) => {
    const name = `netmend-report.${format === 'markdown' ? 'md' : format}`;
    download(name, rendered(report, format, redaction));
    return name;
  },
  print: async () => window.print(),
  open: async (contents) => {
    const report = parse(contents);
    const { finding } = recordingOf(report.target?.host);
    return { finding: { ...finding, report }, rediagnosed: null };
  },
  verify: async (before, after) => ({
    outcome: after.verdict === 'healthy' ? 'repaired' : 'not_repaired',
    cause: before.diagnoses[0]?.cause ?? null,
    rows: before.evidence.slice(2, 5).map((evidence, index) => {
      const later = after.evidence[index + 2] ?? evidence;
      const ids = { before_id: evidence.id, after_id: later.id };
      const times = { before_ms: evidence.elapsed_ms, after_ms: later.elapsed_ms };
      return { request: evidence.request, before: index !== 1, after: true, ...ids, ...times };
    }),
  }),
};

function parse(contents: string): Report {
  try {
    const report = JSON.parse(contents) as Report;
    if (report.schema?.startsWith('netmend.report/')) return report;
  } catch {
    // Told below: it is no report.
  }
  throw { code: 'load_not_json', params: { path: 'The file', detail: '' } };
}

export const backend = mock();
