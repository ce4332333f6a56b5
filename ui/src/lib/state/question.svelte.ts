// The first step's question: typed, understood while typing, corrected, asked.
import { problemOf, type Ask, type Backend, type Recent, type Understanding } from '../backend/backend';
import type { Family } from '../types/Family';
import type { SymptomKind } from '../types/SymptomKind';

export const CHOICES = ['website', 'nothing', 'slow', 'message', 'server'] as const;
export type Choice = (typeof CHOICES)[number];

/** Understanding waits this long for the next key. */
const PAUSE_MS = 120;
const BUDGET_MS = 20_000;
/** Loss and slowness show themselves over more time. */
const LONG_BUDGET_MS = 40_000;

export class Question {
  choice = $state<Choice | null>(null);
  text = $state('');
  kind = $state<SymptomKind | null>(null);
  host = $state<string | null>(null);
  port = $state<number | null>(null);
  family = $state<Family | null>(null);
  external = $state(true);
  clientTimeoutSeconds = $state<number | null>(null);
  understanding = $state.raw<Understanding | null>(null);
  recent = $state.raw<Recent[]>([]);

  #backend: Backend;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Whether a run can start: there is something to check, and it was understood. */
  get ready(): boolean {
    const understood = this.understanding;
    if (!understood || understood.problem) return false;
    return understood.target !== null || this.choice === 'nothing' || this.#nothingSaid();
  }

  ask(): Ask | null {
    if (!this.ready || !this.understanding) return null;
    const { target, symptom } = this.understanding;
    const timeout = this.clientTimeoutSeconds;
    const settings = {
      client_timeout_ms: timeout === null ? null : timeout * 1000,
      family: this.family,
      external: this.external,
      budget_ms: this.choice === 'slow' ? LONG_BUDGET_MS : BUDGET_MS,
    };
    return { target, symptom, settings };
  }

  /** New words make the corrections of the old ones void. */
  type(text: string): void {
    // What was understood of nothing says nothing about these words.
    if (this.text.trim() === '') this.understanding = null;
    this.text = text;
    this.kind = null;
    this.host = null;
    this.port = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.understand(), PAUSE_MS);
  }

  /** Only the answer to the last question counts; answers may overtake one another. */
  async understand(): Promise<void> {
    clearTimeout(this.#timer);
    const number = ++this.#asked;
    const { text, kind, host, port, external } = this;
    try {
      const question = { text, kind, host, port, external, local: this.choice === 'server' };
      const understanding = await this.#backend.understand(question);
      if (number === this.#asked) this.understanding = understanding;
    } catch (thrown) {
      if (number !== this.#asked) return;
      this.understanding = { symptom: null, target: null, contacts: [], problem: problemOf(thrown) };
    }
  }

  async refreshRecent(): Promise<void> {
    try {
      this.recent = await this.#backend.recent();
    } catch {
      // A convenience: without it the step is complete all the same.
      this.recent = [];
    }
  }

  #nothingSaid(): boolean {
    return this.text.trim() === '' && this.choice === null;
  }
}
