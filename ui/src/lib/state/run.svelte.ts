// One run as the window sees it: events come in bursts, the page changes once per frame.
import {
  problemOf,
  type Ask,
  type Backend,
  type Finding,
  type Problem,
  type Said,
  type Told,
} from '../backend/backend';
import type { Evidence } from '../types/Evidence';
import type { StationState } from '../types/StationState';
import type { Step } from '../types/Step';

export type Phase = 'idle' | 'running' | 'stopping' | 'ended' | 'failed';

/** A measurement that has ended. */
export interface Measured {
  evidence: Evidence;
  said: Said;
}

/** The picture before anything is known; a proxy or tunnel shows when there is one. */
const START: StationState[] = (['computer', 'local_network', 'names', 'path', 'service'] as const).map(
  (station) => ({
    station,
    status: 'waiting',
    detail: '',
  }),
);

/** A frame may never come while the window is hidden; after this long the events are taken anyway. */
const LONGEST_WAIT_MS = 250;
/** How often the time passed is told. */
const TICK_MS = 200;

export class Run {
  phase = $state<Phase>('idle');
  stations = $state.raw<StationState[]>(START);
  measured = $state.raw<Measured[]>([]);
  /** Measurements under way, the one begun last at the end. */
  pending = $state.raw<Step[]>([]);
  finding = $state.raw<Finding | null>(null);
  problem = $state.raw<Problem | null>(null);
  budget = $state(0);
  /** Milliseconds since the start. */
  elapsed = $state(0);

  #backend: Backend;
  #queue: Told[] = [];
  #flushing: (() => void) | null = null;
  #begun = 0;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get active(): boolean {
    return this.phase === 'running' || this.phase === 'stopping';
  }

  /** Runs to the end; null when that failed. */
  async start(ask: Ask): Promise<Finding | null> {
    this.phase = 'running';
    this.budget = ask.settings.budget_ms;
    this.#begun = performance.now();
    this.#clock = setInterval(() => (this.elapsed = performance.now() - this.#begun), TICK_MS);
    try {
      this.finding = await this.#backend.start(ask, (told) => this.#receive(told));
      this.#flush();
      this.phase = 'ended';
    } catch (thrown) {
      this.#flush();
      this.problem = problemOf(thrown);
      this.phase = 'failed';
    } finally {
      clearInterval(this.#clock);
    }
    return this.finding;
  }

  async stop(): Promise<void> {
    if (this.phase !== 'running') return;
    this.phase = 'stopping';
    await this.#backend.stop();
  }

  #receive(told: Told): void {
    this.#queue.push(told);
    this.#flushing ??= once(() => this.#flush());
  }

  #flush(): void {
    this.#flushing?.();
    this.#flushing = null;
    const news = this.#queue;
    this.#queue = [];
    if (news.length > 0) this.#take(news);
  }

  #take(news: Told[]): void {
    const pending = new Map(this.pending.map((step) => [JSON.stringify(step.request), step]));
    const measured: Measured[] = [];
    for (const { event, said } of news) {
      switch (event.event) {
        case 'started':
          this.budget = event.budget_ms;
          break;
        case 'step':
          pending.set(JSON.stringify(event.request), event);
          break;
        case 'measured':
          pending.delete(JSON.stringify(event.evidence.request));
          measured.push({
            evidence: event.evidence,
            said: said ?? { request: event.evidence.probe, seen: '' },
          });
          break;
        case 'way':
          this.stations = event.stations;
      }
    }
    this.pending = [...pending.values()];
    if (measured.length > 0) this.measured = [...this.measured, ...measured];
  }
}

/** Calls back at the next frame, or soon without one; the function returned calls it off. */
function once(callback: () => void): () => void {
  const off = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const frame = requestAnimationFrame(callback);
  const timer = setTimeout(callback, LONGEST_WAIT_MS);
  return off;
}
