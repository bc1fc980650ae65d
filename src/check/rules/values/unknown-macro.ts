import type { Finding } from '../../../model/finding.ts';
import { suggest } from '../../../model/suggest.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import { placeAt } from '../../../pack/place.ts';
import type { LintPack } from '../../lint-pack.ts';
import { shortened } from '../../shortened.ts';

const MACRO = /\{\{-?\s{0,20}(?<path>\.spectro(?![\w-])[^\s|}()]*)/gu;

/** How many names must follow each, at least and at most. */
const KINDS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['system', [1, Infinity]],
  ['pack', [2, Infinity]],
  ['var', [1, 1]],
  ['macro', [1, 1]],
]);

/** Macros of `values.yaml` that nothing fills in; in comments they do no harm. */
export function* unknownMacro({ text }: LintPack): Generator<Finding> {
  const source = text(VALUES_FILE);
  if (source === undefined || !source.includes('.spectro')) return;
  let lineStart = 0;
  for (const line of source.split('\n')) {
    for (const { index, 0: whole, groups } of withoutComment(line).matchAll(MACRO)) {
      const macro = groups?.['path'] ?? '';
      if (isKnown(macro)) continue;
      const end = lineStart + index + whole.length;
      yield findingOf('values/unknown-macro', VALUES_FILE, argsOf(macro), {
        place: placeAt(source, end - macro.length, end),
      });
    }
    lineStart += line.length + 1;
  }
}

function withoutComment(line: string): string {
  const at = line.search(/(?:^|\s)#/u);
  return at === -1 ? line : line.slice(0, at);
}

function isKnown(macro: string): boolean {
  const [, , kind = '', ...names] = macro.split('.');
  const [least, most] = KINDS.get(kind) ?? [Infinity, 0];
  return names.length >= least && names.length <= most && names.every((name) => name !== '');
}

function argsOf(macro: string): { macro: string; suggestion?: string } {
  if (macro !== shortened(macro)) return { macro: shortened(macro) };
  const suggestion = suggestionFor(macro);
  return { macro, ...(suggestion !== undefined && { suggestion }) };
}

function suggestionFor(macro: string): string | undefined {
  const [, , kind = '', ...names] = macro.split('.');
  const meant = KINDS.has(kind) ? undefined : suggest(kind, KINDS.keys());
  return meant === undefined ? undefined : ['', 'spectro', meant, ...names].join('.');
}
