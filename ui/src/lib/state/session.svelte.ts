// What the six steps share: where the person is, what was asked, and the reports.
import {
  problemOf,
  type Ask,
  type Backend,
  type Finding,
  type Opened,
  type Problem,
} from '../backend/backend';
import type { Profile } from '../types/Profile';
import type { Redaction } from '../types/Redaction';
import type { Verification } from '../types/Verification';
import { Question } from './question.svelte';
import { Run } from './run.svelte';

export const STEPS = ['ask', 'checking', 'found', 'repair', 'again', 'share'] as const;
export type Step = (typeof STEPS)[number];

/** Larger files are not reports: those of long runs have a few megabytes. */
export const LARGEST_FILE = 32 * 1024 * 1024;

export class Session {
  readonly backend: Backend;
  readonly question: Question;
  step = $state<Step>('ask');
  run = $state.raw<Run>();
  /** The report the steps talk about. */
  finding = $state.raw<Finding | null>(null);
  /** What the same evidence says to this version, where a file says something else. */
  rediagnosed = $state.raw<Finding | null>(null);
  /** Name of the file the report was read from. */
  file = $state<string | null>(null);
  /** The finding after the repair, and what the comparison says. */
  after = $state.raw<Finding | null>(null);
  verification = $state.raw<Verification | null>(null);
  profile = $state.raw<Profile | null>(null);
  redaction = $state<Redaction>('standard');
  problem = $state.raw<Problem | null>(null);

  constructor(backend: Backend) {
    this.backend = backend;
    this.question = new Question(backend);
  }

  /** Reads what the first step offers; without it the step works all the same. */
  async prepare(): Promise<void> {
    await this.guard(async () => {
      this.profile = await this.backend.profile();
    });
    await this.question.refreshRecent();
  }

  /** Whether there is something to see in a step. */
  reachable(step: Step): boolean {
    switch (step) {
      case 'ask':
        return true;
      case 'checking':
        return this.run !== undefined && this.file === null;
      case 'again':
        return this.verification !== null || (this.step === 'again' && this.finding !== null);
      case 'repair':
        return this.finding?.report.verdict === 'problem';
      default:
        return this.finding !== null;
    }
  }

  go(step: Step): void {
    this.problem = null;
    this.step = step;
  }

  /** Steps 1 and 2. */
  async check(): Promise<void> {
    const ask = this.question.ask();
    if (!ask) return;
    const run = this.#begin();
    this.step = 'checking';
    const finding = await run.start(ask);
    void this.question.refreshRecent();
    if (!finding || this.run !== run) return;
    this.finding = finding;
    if (this.step === 'checking') this.step = 'found';
  }

  /** Step 5: the same question once more. */
  async checkAgain(): Promise<void> {
    const before = this.finding;
    if (!before) return;
    const { target, symptom, settings } = before.report;
    const run = this.#begin(true);
    this.after = null;
    this.verification = null;
    this.step = 'again';
    const after = await run.start({ target, symptom, settings } satisfies Ask);
    if (!after || this.run !== run) return;
    await this.compare(before, after);
  }

  async compare(before: Finding, after: Finding): Promise<void> {
    await this.guard(async () => {
      this.verification = await this.backend.verify(before.report, after.report);
      this.finding = before;
      this.after = after;
      this.step = 'again';
    });
  }

  /** Opens a report file, or with `compare` puts it beside the report at hand, the earlier one first. */
  async open(file: File, compare = false): Promise<void> {
    await this.guard(async () => {
      const { finding, rediagnosed } = await this.#read(file);
      if (compare && this.finding) {
        const earlier = finding.report.started < this.finding.report.started;
        await (earlier ? this.compare(finding, this.finding) : this.compare(this.finding, finding));
        return;
      }
      await this.run?.stop();
      this.run = undefined;
      this.finding = finding;
      this.rediagnosed = rediagnosed;
      this.file = file.name;
      this.after = null;
      this.verification = null;
      this.step = 'found';
    });
  }

  /** What others are to see: after a check that followed a repair, the later report. */
  get shared(): Finding | null {
    return this.after ?? this.finding;
  }

  /** Does something and keeps the problem, if there is one, for the page to show. */
  async guard(action: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await action();
    } catch (thrown) {
      this.problem = problemOf(thrown);
    }
  }

  #begin(keepFinding = false): Run {
    const run = new Run(this.backend);
    this.run = run;
    this.problem = null;
    if (!keepFinding) {
      this.finding = null;
      this.rediagnosed = null;
      this.file = null;
      this.after = null;
      this.verification = null;
    }
    return run;
  }

  async #read(file: File): Promise<Opened> {
    if (file.size > LARGEST_FILE)
      throw { code: 'file_too_large', params: { name: file.name } } satisfies Problem;
    try {
      return await this.backend.open(await file.text());
    } catch (thrown) {
      const problem = problemOf(thrown);
      throw { ...problem, params: { ...problem.params, path: file.name } } satisfies Problem;
    }
  }
}
