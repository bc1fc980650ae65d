import { addingGlobs } from './pack-directories.ts';

/** How many slashes a part of a glob can match. */
interface Slashes {
  readonly least: number;
  readonly most: number;
}

/** `**` is taken to reach this far, or as far as there is a pack: the packs of today decide as little as they can. */
const DEEPEST = 6;

/**
 * How deep the directories that globs name can lie: the number of names in their paths, ascending. Rather too many than
 * too few: where braces hold slashes, every depth from the fewest to the most.
 */
export function globDepths(globs: readonly string[], deepestPack: number): number[] {
  const depths = new Set<number>();
  for (const glob of addingGlobs(globs)) {
    const { least, most } = sequence(glob, 0).slashes;
    // At the end `**` is one name or more, before that it can be none.
    const optional = glob.match(/\*\*\//gu)?.length ?? 0;
    const first = Math.max(1, least + 1 - optional);
    const last = glob.includes('**') ? Math.max(most + 1, deepestPack, DEEPEST) : most + 1;
    for (let depth = first; depth <= last; depth += 1) depths.add(depth);
  }
  return [...depths].toSorted((a, b) => a - b);
}

interface Parsed {
  readonly slashes: Slashes;
  /** Where the part ends. */
  readonly end: number;
}

/** Reads up to what ends an alternative; at the top nothing does. */
function sequence(glob: string, start: number, ends = ''): Parsed {
  let [least, most, index] = [0, 0, start];
  while (index < glob.length) {
    const character = glob.charAt(index);
    if (ends.includes(character)) break;
    if (character === '{' || character === '(') {
      const { slashes, end } = alternatives(glob, index + 1, character === '{' ? '}' : ')');
      least += slashes.least;
      most += slashes.most;
      index = end + 1;
      continue;
    }
    if (character === '/') {
      least += 1;
      most += 1;
    }
    index += character === '\\' ? 2 : 1;
  }
  return { slashes: { least, most }, end: index };
}

function alternatives(glob: string, start: number, close: string): Parsed {
  const found: Slashes[] = [];
  let end = start - 1;
  do {
    const one = sequence(glob, end + 1, `,|${close}`);
    found.push(one.slashes);
    end = one.end;
  } while (end < glob.length && glob.charAt(end) !== close);
  const least = Math.min(...found.map((slashes) => slashes.least));
  return { slashes: { least, most: Math.max(...found.map(({ most }) => most)) }, end };
}
