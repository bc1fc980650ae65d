import type { Span } from '../../../pack/source-document.ts';
import { ANY_MARK, DETECTORS, type Detector } from './detectors.ts';
import { keyedValues } from './keyed-values.ts';
import { looksRandom } from './looks-random.ts';

/** A secret in a text, from its first character to behind its last. */
export interface Secret extends Span {
  readonly rule: Detector['rule'] | 'secrets/high-entropy';
  /** What it is; for a value that only looks like one, its key. */
  readonly kind: string;
  /** Where to point at: before a private key stands a line that says what it is. */
  readonly from: number;
}

/** How far apart the two halves of a key may be. */
const BESIDE = 300;
/** How far back a line is looked for that says what follows. */
const LONGEST_NOTE = 500;

/**
 * The secrets of a text in their order; none overlap. In prose only those that are known by their form: it is full of
 * examples.
 */
export function secretsIn(text: string, prose: boolean = false): Secret[] {
  const found: Secret[] = ANY_MARK.test(text) ? DETECTORS.flatMap((detector) => detected(detector, text)) : [];
  for (const { key, value, start } of prose ? [] : keyedValues(text)) {
    if (looksRandom(value))
      found.push({ rule: 'secrets/high-entropy', kind: key, from: start, start, end: start + value.length });
  }
  return withoutOverlaps(found.filter(({ from }) => !isExample(text, from)));
}

function detected({ rule, kind, marks, pattern, beside, confirm }: Detector, text: string): Secret[] {
  const found: Secret[] = [];
  if (!marks.some((mark) => text.includes(mark))) return found;
  for (const match of text.matchAll(pattern)) {
    const whole = { start: match.index, end: match.index + match[0].length };
    const [first, last] = match.indices?.groups?.['secret'] ?? [whole.start, whole.end];
    const own = confirm(text.slice(first, last)) ? { start: first, end: last } : undefined;
    const span = beside === undefined ? own : nearest(text, whole, beside, confirm);
    if (span !== undefined) found.push({ rule, kind, from: beside === undefined ? whole.start : span.start, ...span });
  }
  return found;
}

/** What stands next to one half of a key and is the other half, by the distance of their starts. */
function nearest(text: string, { start, end }: Span, pattern: RegExp, confirm: Detector['confirm']): Span | undefined {
  const offset = Math.max(start - BESIDE, 0);
  const others = [...text.slice(offset, end + BESIDE).matchAll(pattern)]
    .filter(([other]) => confirm(other))
    .map((match) => ({ start: offset + match.index, end: offset + match.index + match[0].length }));
  return others.toSorted((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start))[0];
}

/** Whether it is commented out, below or behind a word that says that it is made up. */
function isExample(text: string, at: number): boolean {
  const [line = '', above = ''] = text
    .slice(Math.max(at - LONGEST_NOTE, 0), at)
    .split('\n')
    .toReversed();
  return /^[ \t]*(?:#|\/\/)/u.test(line) && /sample|example|dummy/iu.test(`${above} ${line}`);
}

/** Of two that overlap the one that was found first is kept: what is known by its form, before what looks random. */
function withoutOverlaps(found: readonly Secret[]): Secret[] {
  const kept: { readonly secret: Secret; readonly rank: number }[] = [];
  const ranked = found.map((secret, rank) => ({ secret, rank }));
  for (const next of ranked.toSorted((a, b) => a.secret.start - b.secret.start || a.rank - b.rank)) {
    const last = kept.at(-1);
    if (last === undefined || last.secret.end <= next.secret.start) kept.push(next);
    else if (next.rank < last.rank) kept[kept.length - 1] = next;
  }
  return kept.map(({ secret }) => secret);
}
