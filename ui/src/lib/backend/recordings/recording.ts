// A recorded run: what a lab case told, for the browser and the tests.
import type { Finding, Said, Told } from '../backend';
import type { Data } from '../../types/Data';
import type { Diagnosis } from '../../types/Diagnosis';
import type { Evidence } from '../../types/Evidence';
import type { Host } from '../../types/Host';
import type { Request } from '../../types/Request';
import type { Station } from '../../types/Station';
import type { StationState } from '../../types/StationState';
import type { StationStatus } from '../../types/StationStatus';
import type { Symptom } from '../../types/Symptom';
import type { Target } from '../../types/Target';
import type { Verdict } from '../../types/Verdict';
import type { Why } from '../../types/Why';

export interface Recording {
  /** What was told, each with its time in milliseconds since the start. */
  told: { at: number; told: Told }[];
  finding: Finding;
}

/** A measurement as it is written down in a recording. */
export interface Line {
  at: number;
  took: number;
  request: Request;
  why: Why;
  data: Data;
  said: Said;
  /** How the picture changes when it ends. */
  way?: Partial<Record<Station, [StationStatus, string]>>;
}

export interface Script {
  target: Target | null;
  symptom: Symptom | null;
  contacts: string[];
  verdict: Verdict;
  headline: string;
  lines: Line[];
  diagnoses: (Diagnosis & { words: Finding['words']['diagnoses'][number] })[];
  notes?: string[];
}

const HOST: Host = {
  os: 'linux',
  os_version: 'Debian GNU/Linux 12',
  kernel: '6.1.0',
  arch: 'x86_64',
  name: 'desk-17',
  elevated: false,
  container: null,
};

const STATIONS: Station[] = ['computer', 'local_network', 'names', 'path', 'service'];
const SETTINGS = { client_timeout_ms: null, family: null, external: true, budget_ms: 20_000 };

function evidenceOf(line: Line, index: number): Evidence {
  const probe = line.request.kind === 'fact' ? line.request.topic : line.request.kind;
  const { request, why, data } = line;
  const times = { started_ms: line.at, elapsed_ms: line.took };
  return { id: `e${index + 1}`, probe, request, why, ...times, outcome: 'observed', data };
}

/** Turns a script into what would have been told, and the finding at its end. */
export function record(script: Script): Recording {
  let stations: StationState[] = STATIONS.map((station) => ({ station, status: 'waiting', detail: '' }));
  const told: Recording['told'] = [];
  const tell = (at: number, event: Told['event'], said: Said | null = null) =>
    told.push({ at, told: { event, said } });
  const evidence = script.lines.map(evidenceOf);

  script.lines.forEach((line, index) => {
    const seen = evidence[index]!;
    tell(
      line.at,
      { event: 'step', request: line.request, why: line.why, at_ms: line.at },
      { ...line.said, seen: '' },
    );
    tell(line.at + line.took, { event: 'measured', evidence: seen }, line.said);
  });
  told.sort((a, b) => a.at - b.at);

  const { target, contacts } = script;
  told.unshift({
    at: 0,
    told: { event: { event: 'started', target, contacts, budget_ms: SETTINGS.budget_ms }, said: null },
  });
  for (const line of script.lines) {
    if (!line.way) continue;
    stations = stations.map((state) => {
      const change = line.way?.[state.station];
      return change ? { ...state, status: change[0], detail: change[1] } : state;
    });
    tell(line.at + line.took, { event: 'way', stations });
  }
  told.sort((a, b) => a.at - b.at);

  const end = Math.max(...script.lines.map((line) => line.at + line.took));
  const finding: Finding = {
    report: {
      schema: 'netmend.report/1',
      verdict: script.verdict,
      target,
      symptom: script.symptom,
      diagnoses: script.diagnoses.map(({ words: _, ...diagnosis }) => diagnosis),
      evidence,
      notes: (script.notes ?? []).map((text, index) => ({
        code: `note_${index}`,
        text,
        evidence: [],
        params: {},
      })),
      skipped: [],
      host: HOST,
      started: '2026-11-21T08:00:00Z',
      elapsed_ms: end,
      netmend: '0.1.0',
      settings: SETTINGS,
      profile: {
        name: '',
        reference: { resolvers: [], connectivity: [], ntp: [] },
        support: { contact: '' },
      },
      steps: [],
      interrupted: false,
      redaction: 'none',
      language: 'en',
    },
    stations,
    words: {
      headline: script.headline,
      diagnoses: script.diagnoses.map((diagnosis) => diagnosis.words),
      evidence: Object.fromEntries(evidence.map((each, index) => [each.id, script.lines[index]!.said])),
    },
  };
  return { told, finding };
}
