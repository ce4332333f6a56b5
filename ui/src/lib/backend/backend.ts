// What the pages need from the program behind them. `tauri.ts` is the real one; `mock.ts` plays recorded runs in a browser.
import type { CauseId } from '../types/CauseId';
import type { Event } from '../types/Event';
import type { Profile } from '../types/Profile';
import type { Redaction } from '../types/Redaction';
import type { Report } from '../types/Report';
import type { Settings } from '../types/Settings';
import type { StationState } from '../types/StationState';
import type { Symptom } from '../types/Symptom';
import type { SymptomKind } from '../types/SymptomKind';
import type { Target } from '../types/Target';
import type { Verification } from '../types/Verification';

/** What the person said, as it stands in the first step. */
export interface Question {
  /** A name, an address, a URL or a pasted message; empty asks whether this computer is online. */
  text: string;
  /** The person's corrections; null where they let stand what was understood. */
  kind: SymptomKind | null;
  host: string | null;
  port: number | null;
  /** Whether a port alone means this computer ("my own server cannot be reached"). */
  local: boolean;
  /** Whether the profile's references may be contacted. */
  external: boolean;
}

/** What was understood. */
export interface Understanding {
  symptom: Symptom | null;
  target: Target | null;
  /** Everything that will or may be contacted besides the target. */
  contacts: string[];
  /** Why the text cannot be used as it is. */
  problem: Problem | null;
}

/** What a run is about. */
export interface Ask {
  target: Target | null;
  symptom: Symptom | null;
  settings: Settings;
}

/** A target of an earlier run. */
export interface Recent {
  asked: string;
  /** When it was checked last (RFC 3339). */
  at: string;
}

/** A measurement in words. */
export interface Said {
  /** What was asked. */
  request: string;
  /** What was seen; empty while it is under way. */
  seen: string;
}

/** A diagnosis in words, beside those that the report itself holds. */
export interface DiagnosisWords {
  /** How sure, such as "very likely". */
  sure: string;
  /** The same as a number without its sign, such as "87". */
  percent: string;
  /** The place with its kind; empty where none is known. */
  place: string;
  /** One sentence for each entry of `evidence`, in the same order. */
  signs: string[];
}

/** A report, the picture of its way, and the words that the report does not hold itself. */
export interface Finding {
  report: Report;
  stations: StationState[];
  words: {
    /** The first sentence: what the verdict means. */
    headline: string;
    /** In the order of the report's diagnoses. */
    diagnoses: DiagnosisWords[];
    /** By id of the evidence. */
    evidence: Record<string, Said>;
  };
}

/** What happens during a run, with its words. */
export interface Told {
  event: Event;
  /** For the begin and the end of a measurement. */
  said: Said | null;
}

/** A report from a file, diagnosed again by this version. */
export interface Opened {
  /** With the diagnoses as they stand in the file. */
  finding: Finding;
  /** What this version makes of the same evidence, where it is something else. */
  rediagnosed: Finding | null;
}

export type Format = 'html' | 'json' | 'markdown' | 'text';
export type Destination = 'downloads' | 'choose';

/** An error with a code; the words for it are `error-<code>`. */
export interface Problem {
  code: string;
  params: Record<string, string>;
}

export interface Backend {
  understand(question: Question): Promise<Understanding>;
  profile(): Promise<Profile>;
  recent(): Promise<Recent[]>;
  /** Runs until its end; what happens on the way goes to `tell`. */
  start(ask: Ask, tell: (told: Told) => void): Promise<Finding>;
  /** Ends the run under way, if any; it still gives a finding of what is known. */
  stop(): Promise<void>;
  /** What a cause means in general. */
  explain(cause: CauseId): Promise<string>;
  /** The ready message for whoever carries out a remedy, given by its places in the lists; redacted as `standard`. */
  message(report: Report, diagnosis: number, remedy: number): Promise<string>;
  /** The report as others get it. */
  render(report: Report, format: Format, redaction: Redaction): Promise<string>;
  /** Makes the report ready to look at, and says where: a page for a frame. */
  preview(report: Report, redaction: Redaction): Promise<Preview>;
  /** Returns where it was saved, or null where the person changed their mind. */
  save(report: Report, format: Format, redaction: Redaction, to: Destination): Promise<string | null>;
  print(report: Report, redaction: Redaction): Promise<void>;
  /** Reads a saved report; the file's contents, because pages do not get at files themselves. */
  open(contents: string): Promise<Opened>;
  verify(before: Report, after: Report): Promise<Verification>;
}

/** Where a rendered report is shown from: an address, or the page itself. */
export type Preview = { url: string } | { html: string };

/** The problem behind whatever was thrown. */
export function problemOf(thrown: unknown): Problem {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'params' in thrown) {
    return thrown as Problem;
  }
  return {
    code: 'unexpected',
    params: { detail: thrown instanceof Error ? thrown.message : String(thrown) },
  };
}
