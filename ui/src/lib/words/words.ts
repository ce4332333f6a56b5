// The words of the window: Fluent files from `locales/`, the same that the command line and the reports use.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

const SOURCE = 'en';
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

// What is said of causes, remedies and measurements comes in words from Rust; the names of things are the report's.
const files = import.meta.glob<string>(
  ['../../../../locales/*/wizard.ftl', '../../../../locales/*/report.ftl'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

export type Args = Record<string, FluentVariable>;

function textOf(language: string): string {
  const folder = `/locales/${language}/`;
  return Object.entries(files)
    .filter(([path]) => path.includes(folder))
    .map(([, text]) => text)
    .join('\n');
}

function bundleOf(language: string): FluentBundle {
  // Isolation marks keep names and addresses in order within right-to-left text; elsewhere they only get copied along.
  const bundle = new FluentBundle(language, { useIsolating: RIGHT_TO_LEFT.has(language) });
  bundle.addResource(new FluentResource(textOf(language)));
  return bundle;
}

function languages(): Set<string> {
  const names = Object.keys(files).map((path) => /\/locales\/([^/]+)\//.exec(path)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}

/** The first language the person prefers and that there are words for. */
export function negotiate(preferred: readonly string[], available: Set<string> = languages()): string {
  for (const tag of preferred) {
    const base = tag.split('-')[0] ?? tag;
    if (available.has(tag)) return tag;
    if (available.has(base)) return base;
  }
  return SOURCE;
}

/** The language in use (BCP 47). */
export const language = negotiate(typeof navigator === 'undefined' ? [] : navigator.languages);

const source = bundleOf(SOURCE);
const bundles = language === SOURCE ? [source] : [bundleOf(language), source];

function lookUp(id: string, args?: Args): string | null {
  const [message, attribute] = id.split('.') as [string, string | undefined];
  for (const bundle of bundles) {
    const found = bundle.getMessage(message);
    const pattern = attribute ? found?.attributes[attribute] : found?.value;
    // Errors are missing variables: the text is still the best there is.
    if (pattern) return bundle.formatPattern(pattern, args ?? null, []);
  }
  return null;
}

/** The text of a message, or `id.attribute` for an attribute; the id itself where there are no words. */
export function t(id: string, args?: Args): string {
  return lookUp(id, args) ?? id;
}

/** The text of a message where there is one: for ids that data brings along. */
export function maybe(id: string, args?: Args): string | null {
  return lookUp(id, args);
}

/** Tells the page which language it is in. */
export function applyTo(root: HTMLElement): void {
  root.lang = language;
  root.dir = RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}

const decimals = (digits: number) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: 0 });
const whole = decimals(0);
const one = decimals(1);
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

/** A duration in milliseconds, as short as is exact enough. */
export function duration(ms: number): string {
  if (ms >= 10_000) return t('ui-seconds', { number: whole.format(ms / 1000) });
  if (ms >= 1000) return t('ui-seconds', { number: one.format(ms / 1000) });
  return t('ui-milliseconds', { number: (ms < 10 ? one : whole).format(ms) });
}

/** A date and time (RFC 3339) in the person's own format and zone. */
export function when(rfc3339: string): string {
  const date = new Date(rfc3339);
  return Number.isNaN(date.getTime()) ? rfc3339 : moment.format(date);
}
