import { PackyardError } from '../../errors.ts';
import { isPackName } from '../../model/pack-name.ts';
import { suggest } from '../../model/suggest.ts';
import { word } from './lock-problem.ts';
import type { WantedPack } from './wanted-packs.ts';

/** The packs of some names, in the order of the project. Throws `unknown-pack`. */
export function onlyNamed(wanted: readonly WantedPack[], names: readonly string[]): readonly WantedPack[] {
  const known = new Set(wanted.map(({ name }) => name));
  const stray = names.find((name) => !known.has(name));
  if (stray === undefined) return wanted.filter(({ name }) => names.includes(name));
  throw new PackyardError({
    code: 'unknown-pack',
    message: `packyard.json names no pack "${word(stray)}".`,
    hint: hintFor(stray, known),
  });
}

function hintFor(stray: string, known: ReadonlySet<string>): string {
  const [name = ''] = stray.split(/[@:]/u, 1);
  if (known.has(name)) return `Write ${name} alone. To ask for other versions: packyard lock ${word(stray)}`;
  const near = suggest(stray.slice(0, 100), known);
  if (near !== undefined) return `Did you mean ${near}?`;
  return isPackName(name)
    ? `To add it: packyard lock ${word(stray)}`
    : 'Names are as they stand there, without versions.';
}
