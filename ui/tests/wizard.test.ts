import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import App from '../src/App.svelte';
import type { Backend } from '../src/lib/backend/backend';
import { mock } from '../src/lib/backend/mock';
import dropped from '../src/lib/backend/recordings/dropped';
import healthy from '../src/lib/backend/recordings/healthy';

const MESSAGE =
  'java.net.ConnectException: Connection timed out: getsockopt: api.example.test/203.0.113.10:8443';

const box = () => document.querySelector<HTMLTextAreaElement>('#words')!;
const action = (name: string) => document.querySelector<HTMLButtonElement>(`[data-action=${name}]`)!;
const heading = () => document.querySelector('h1')!;
const step = () => document.querySelector('[aria-current=step]')?.getAttribute('data-step');

async function paste(text: string) {
  await fireEvent.input(box(), { target: { value: text } });
  await waitFor(() => expect(document.querySelector('#understood')?.textContent?.trim()).not.toBe(''));
}

async function found(text = MESSAGE) {
  await paste(text);
  await fireEvent.click(action('start'));
  await waitFor(() => expect(document.querySelector('[data-verdict]')).not.toBeNull());
}

/** Rules that need layout or colours, which happy-dom has none of. */
const WITHOUT_LAYOUT = {
  'color-contrast': { enabled: false },
  'scrollable-region-focusable': { enabled: false },
};

async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: WITHOUT_LAYOUT, iframes: false });
  return violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
}

function fileOf(text: string, name = 'report.json'): File {
  return new File([text], name, { type: 'application/json' });
}

async function open(file: File) {
  const input = document.querySelector<HTMLInputElement>('header input[type=file]')!;
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  await fireEvent.change(input);
}

describe('the wizard', () => {
  let backend: Backend;
  beforeEach(() => {
    backend = mock();
  });

  it('leads from a pasted message to the cause, its repair and the report', async () => {
    render(App, { backend });
    await found();
    expect(document.querySelector('[data-cause]')?.getAttribute('data-cause')).toBe('firewall.dropped');
    expect(heading().textContent).toContain('port 8443');
    expect(document.activeElement).toBe(heading());
    expect(document.querySelector('[data-station=path]')?.getAttribute('data-status')).toBe('broken');

    await fireEvent.click(action('repair'));
    expect(await screen.findByText(/^Hello,/)).toBeTruthy();
    await fireEvent.click(action('again'));
    await waitFor(() => expect(document.querySelector('[data-outcome]')).not.toBeNull());
    await fireEvent.click(action('share'));
    expect(step()).toBe('share');
    expect(document.activeElement).toBe(heading());
  });

  it('shows what was understood, and takes corrections', async () => {
    const understand = vi.spyOn(backend, 'understand');
    render(App, { backend });
    await paste(MESSAGE);
    const understood = () => document.querySelector('[data-understood]')!.textContent;
    expect(understood()).toBe('Understood: connection time-out, api.example.test, port 8443.');
    await fireEvent.click(screen.getByRole('button', { name: 'Correct this' }));
    await fireEvent.change(document.querySelector('#port')!, { target: { value: '9443' } });
    await waitFor(() => expect(understood()).toContain('port 9443'));
    expect(understand.mock.lastCall?.[0].port).toBe(9443);
  });

  it('says what is missing instead of doing nothing', async () => {
    render(App, { backend });
    await fireEvent.click(screen.getByRole('radio', { name: 'A website or app does not open' }));
    await fireEvent.click(action('start'));
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain('Say what you want to reach'),
    );
    expect(document.activeElement).toBe(box());
    expect(step()).toBe('ask');
  });

  it('says what is wrong with a target', async () => {
    render(App, { backend });
    await fireEvent.input(box(), { target: { value: 'http://' } });
    await waitFor(() =>
      expect(document.querySelector('[data-problem]')?.textContent).toContain('names no host'),
    );
  });

  it('starts with the Enter key, and Shift+Enter only breaks the line', async () => {
    render(App, { backend });
    await paste(MESSAGE);
    await fireEvent.keyDown(box(), { key: 'Enter', shiftKey: true });
    expect(step()).toBe('ask');
    await fireEvent.keyDown(box(), { key: 'Enter' });
    await waitFor(() => expect(step()).toBe('found'));
  });

  it('goes back from every step, and forward again', async () => {
    render(App, { backend });
    await found();
    await fireEvent.click(action('repair'));
    await fireEvent.click(action('back'));
    expect(step()).toBe('found');
    await fireEvent.click(action('back'));
    expect(step()).toBe('checking');
    await fireEvent.click(action('back'));
    await waitFor(() => expect(step()).toBe('ask'));
    expect(box().value).toBe(MESSAGE);
    await fireEvent.click(document.querySelector('[data-step=found]')!);
    expect(step()).toBe('found');
  });

  it('keeps what is known when it is stopped', async () => {
    let stop: () => void = () => undefined;
    backend.stop = async () => stop();
    backend.start = (_, tell) => {
      dropped.told.slice(0, 4).forEach(({ told }) => tell(told));
      const report = {
        ...dropped.finding.report,
        verdict: 'inconclusive' as const,
        diagnoses: [],
        interrupted: true,
      };
      return new Promise((resolve) => (stop = () => resolve({ ...dropped.finding, report })));
    };
    render(App, { backend });
    await paste(MESSAGE);
    await fireEvent.click(action('start'));
    await waitFor(() => expect(action('stop')).not.toBeNull());
    await fireEvent.click(action('stop'));
    await waitFor(() =>
      expect(document.querySelector('[data-verdict]')?.getAttribute('data-verdict')).toBe('inconclusive'),
    );
    expect(document.body.textContent).toContain('stopped early');
  });

  it('says that a healthy target is healthy, and what to do if the trouble comes and goes', async () => {
    render(App, { backend });
    await found('www.example.test');
    expect(heading().textContent).toBe('www.example.test works.');
    expect(document.body.textContent).toContain('If the trouble comes and goes');
    expect(action('repair')).toBeNull();
  });

  it('opens a report file in the same view', async () => {
    render(App, { backend });
    await open(fileOf(JSON.stringify(dropped.finding.report)));
    await waitFor(() => expect(step()).toBe('found'));
    expect(document.querySelector('[data-file]')?.getAttribute('data-file')).toBe('report.json');
    expect(document.body.textContent).toContain('Diagnosed again just now, with the same result');
  });

  it('opens a report that is dropped on it', async () => {
    render(App, { backend });
    await fireEvent.drop(document, {
      dataTransfer: { files: [fileOf(JSON.stringify(healthy.finding.report))], types: ['Files'] },
    });
    await waitFor(() => expect(step()).toBe('found'));
  });

  it('says when this version finds something else in a report', async () => {
    backend.open = async () => ({ finding: dropped.finding, rediagnosed: healthy.finding });
    render(App, { backend });
    await open(fileOf('{}'));
    await waitFor(() => expect(document.body.textContent).toContain('This version finds no cause'));
  });

  it('refuses what is no report, in words', async () => {
    render(App, { backend });
    await open(fileOf('not json', 'holiday.json'));
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain('holiday.json is not a Netmend report'),
    );
    expect(step()).toBe('ask');
  });

  it('puts two reports side by side, the earlier first', async () => {
    const verify = vi.spyOn(backend, 'verify');
    render(App, { backend });
    await open(fileOf(JSON.stringify({ ...dropped.finding.report, started: '2026-11-21T10:00:00Z' })));
    await waitFor(() => expect(step()).toBe('found'));
    const input = document.querySelector<HTMLInputElement>('[data-file] input[type=file]')!;
    const earlier = fileOf(JSON.stringify({ ...healthy.finding.report, started: '2026-11-21T09:00:00Z' }));
    Object.defineProperty(input, 'files', { value: [earlier], configurable: true });
    await fireEvent.change(input);
    await waitFor(() => expect(step()).toBe('again'));
    expect(verify.mock.lastCall?.[0].started).toBe('2026-11-21T09:00:00Z');
  });

  it('shows hostile names as text', async () => {
    const title = '<img src=x onerror=alert(1)>';
    const report = {
      ...dropped.finding.report,
      diagnoses: [{ ...dropped.finding.report.diagnoses[0]!, title }],
    };
    backend.start = async () => ({ ...dropped.finding, report });
    render(App, { backend });
    await found();
    expect(heading().textContent).toBe(title);
    expect(document.querySelector('h1 img')).toBeNull();
  });

  it('shows the effect of each redaction level', async () => {
    const preview = vi.spyOn(backend, 'preview');
    render(App, { backend });
    await found();
    await fireEvent.click(action('share'));
    await waitFor(() => expect(preview.mock.lastCall?.[1]).toBe('standard'));
    await fireEvent.click(screen.getByRole('radio', { name: /Names and private addresses too/ }));
    await waitFor(() => expect(preview.mock.lastCall?.[1]).toBe('strict'));
  });

  it('opens each line of evidence to its raw data', async () => {
    render(App, { backend });
    await found();
    const line = screen
      .getByText('Nothing at all comes back from port 8443.')
      .closest<HTMLElement>('.disclosure')!;
    expect(within(line).queryByLabelText('Raw data')).toBeNull();
    await fireEvent.click(within(line).getByRole('button', { expanded: false }));
    expect(within(line).getByLabelText('Raw data').textContent).toContain('"so_error"');
  });

  it('has no fault that axe knows, in any step', async () => {
    render(App, { backend });
    expect(await faults()).toEqual([]);
    await paste(MESSAGE);
    await fireEvent.click(screen.getByRole('button', { name: 'Correct this' }));
    expect(await faults()).toEqual([]);
    await fireEvent.click(action('start'));
    await waitFor(() => expect(document.querySelector('[data-verdict]')).not.toBeNull());
    expect(await faults()).toEqual([]);
    for (const next of ['repair', 'again', 'share']) {
      await fireEvent.click(action(next));
      await waitFor(() => expect(step()).toBe(next));
      await tick();
      expect(await faults()).toEqual([]);
    }
  });
});
