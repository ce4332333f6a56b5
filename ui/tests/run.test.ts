import { describe, expect, it, vi } from 'vitest';

import type { Ask, Backend, Finding, Told } from '../src/lib/backend/backend';
import { mock } from '../src/lib/backend/mock';
import dropped from '../src/lib/backend/recordings/dropped';
import { Run } from '../src/lib/state/run.svelte';

const { target, symptom, settings } = dropped.finding.report;
const ask: Ask = { target, symptom, settings };

function backendThat(start: Backend['start']): Backend {
  return { ...mock(), start };
}

describe('a run', () => {
  it('ends with the finding, every measurement and the last picture', async () => {
    const run = new Run(mock());
    const finding = await run.start(ask);
    expect(finding?.report.diagnoses[0]?.cause).toBe('firewall.dropped');
    expect(run.phase).toBe('ended');
    expect(run.measured).toHaveLength(dropped.finding.report.evidence.length);
    expect(run.stations).toEqual(dropped.finding.stations);
    expect(run.pending).toEqual([]);
  });

  it('takes two thousand events in one piece', async () => {
    const line = dropped.told.find(({ told }) => told.event.event === 'measured')!.told;
    const many: Told[] = Array.from({ length: 2000 }, (_, index) => {
      if (line.event.event !== 'measured') throw new Error('not a measurement');
      return { ...line, event: { ...line.event, evidence: { ...line.event.evidence, id: `e${index}` } } };
    });
    const run = new Run(
      backendThat(async (_, tell) => {
        many.forEach(tell);
        expect(run.measured).toHaveLength(0);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        expect(run.measured).toHaveLength(2000);
        return dropped.finding;
      }),
    );
    await run.start(ask);
  });

  it('keeps its place when the window is hidden and no frame comes', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('requestAnimationFrame', () => 0);
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
    let end: (finding: Finding) => void = () => undefined;
    const run = new Run(
      backendThat((_, tell) => {
        tell(dropped.told[1]!.told);
        return new Promise((resolve) => (end = resolve));
      }),
    );
    const done = run.start(ask);
    await vi.advanceTimersByTimeAsync(300);
    expect(run.pending).toHaveLength(1);
    end(dropped.finding);
    await done;
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('says what went wrong, and is over', async () => {
    const run = new Run(backendThat(() => Promise.reject({ code: 'profile', params: { detail: 'line 3' } })));
    expect(await run.start(ask)).toBeNull();
    expect(run.phase).toBe('failed');
    expect(run.problem).toEqual({ code: 'profile', params: { detail: 'line 3' } });
  });

  it('asks the backend to stop once', async () => {
    const stop = vi.fn(async () => undefined);
    let end: (finding: Finding) => void = () => undefined;
    const run = new Run({ ...mock(), stop, start: () => new Promise((resolve) => (end = resolve)) });
    const done = run.start(ask);
    await run.stop();
    await run.stop();
    expect(run.phase).toBe('stopping');
    expect(stop).toHaveBeenCalledOnce();
    end(dropped.finding);
    await done;
  });
});
