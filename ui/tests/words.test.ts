import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';

import { KINDS } from '../src/lib/state/kinds';
import { CHOICES } from '../src/lib/state/question.svelte';
import { STEPS } from '../src/lib/state/session.svelte';
import { duration, negotiate, t, when } from '../src/lib/words/words';

const LOCALES = join(import.meta.dirname, '../../locales/en');
const idsOf = (file: string) =>
  new Set(
    [...new FluentResource(readFileSync(join(LOCALES, file), 'utf8')).body].map((message) => message.id),
  );
const own = idsOf('wizard.ftl');
const known = new Set([...own, ...idsOf('report.ftl')]);

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
    .filter((entry) => !/types|recordings/.test(entry.parentPath) && entry.name !== 'mock.ts')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
const code = sources(join(import.meta.dirname, '../src')).join('\n');

/** The values of a generated type that is a choice of words. */
function valuesOf(type: string): string[] {
  const text = readFileSync(join(import.meta.dirname, `../src/lib/types/${type}.ts`), 'utf8');
  return [...text.slice(text.indexOf('export type')).matchAll(/"(\w+)"/g)].map((m) => m[1]!);
}

function withoutExpressions(markup: string): string {
  const less = markup.replace(/\{[^{}]*\}/g, '');
  return less === markup ? markup : withoutExpressions(less);
}

/** Ids that the code spells out, and the patterns of those that it puts together. */
const spelled = new Set(
  [...code.matchAll(/['"`]((?:ui|heading|label|error)(?:-[a-z0-9]+)+|minutes|workaround)['"`]/g)].map(
    (m) => m[1]!,
  ),
);
const patterns = [...code.matchAll(/`([a-z]+-(?:[a-z-]*)\$\{[^`]*)`/g)].map(
  (m) => new RegExp(`^${m[1]!.replace(/\$\{[^}]*\}/g, '[a-z0-9-]+')}$`),
);

describe('the words', () => {
  it('has every message that the code asks for', () => {
    expect([...spelled].filter((id) => !known.has(id))).toEqual([]);
  });

  it('has no message of its own that nobody asks for', () => {
    const used = (id: string) =>
      spelled.has(id) || id.startsWith('error-') || patterns.some((pattern) => pattern.test(id));
    expect([...own].filter((id) => !used(id))).toEqual([]);
  });

  it('has words for everything that can be chosen', () => {
    const ids = [
      ...STEPS.map((step) => `ui-step-${step}`),
      ...CHOICES.flatMap((choice) => [
        `ui-choice-${choice}`,
        `ui-words-${choice}`,
        `ui-words-example-${choice}`,
      ]),
      ...KINDS.map((kind) => `ui-kind-${kind.replaceAll('_', '-')}`),
    ];
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });

  it('has a word for every value that the page puts into words', () => {
    const prefixes = {
      Station: 'station',
      StationStatus: 'status',
      Who: 'who',
      Risk: 'risk',
      Rights: 'rights',
      Why: 'why',
      Redaction: 'redaction',
      Stance: 'heading',
      Change: 'ui-change',
    };
    const ids = Object.entries(prefixes).flatMap(([type, prefix]) =>
      valuesOf(type).map((value) => `${prefix}-${value.replaceAll('_', '-')}`),
    );
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });

  it('has a sentence for every kind of measurement', () => {
    const types = readFileSync(join(import.meta.dirname, '../src/lib/types/Request.ts'), 'utf8');
    const kinds = [...types.matchAll(/"kind": "(\w+)"/g)].map((m) => m[1]!.replaceAll('_', '-'));
    expect(kinds.length).toBeGreaterThan(10);
    expect(kinds.filter((kind) => !known.has(`ui-now-${kind}`))).toEqual([]);
  });

  it('holds no text in the code: what stands between tags comes from the files', () => {
    const markup = sources(join(import.meta.dirname, '../src'))
      .filter((text) => text.includes('<script lang="ts">'))
      .map((text) => text.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<!--[\s\S]*?-->/g, ''))
      .map(withoutExpressions)
      .flatMap((text) => [...text.matchAll(/>([^<>]*)</g)].map((m) => m[1]!.trim()));
    // The product's name is the same in every language.
    expect(markup.filter((text) => /[A-Za-z]{2,}/.test(text) && text !== 'Netmend')).toEqual([]);
  });

  it('takes the first language that the person prefers and that there is', () => {
    const available = new Set(['en', 'de', 'pt-BR']);
    expect(negotiate(['fr', 'de-AT'], available)).toBe('de');
    expect(negotiate(['pt-BR'], available)).toBe('pt-BR');
    expect(negotiate(['xx'], available)).toBe('en');
  });

  it('gives numbers their form', () => {
    expect(duration(0.61)).toBe('0.6 ms');
    expect(duration(21.4)).toBe('21 ms');
    expect(duration(1530)).toBe('1.5 s');
    expect(t('ui-measurements', { count: 1 })).toBe('1 measurement');
    expect(when('no date')).toBe('no date');
  });

  it('gives an unknown message its id, so that a gap is seen', () => {
    expect(t('ui-no-such-message')).toBe('ui-no-such-message');
  });
});
