import { matchesAll, STAR, type Work } from './greedy-match.ts';

/** Comparisons that the globs of one filter may take in all: about a tenth of a second. */
const WORK = 10_000_000;

/**
 * Whether a name fits one of some globs, in which `*` stands for any characters and `?` for one. Once that has taken
 * too long, every name does.
 */
export function nameFilter(globs: readonly string[]): (name: string) => boolean {
  const patterns = globs.map((glob) => Array.from(glob, (character) => (character === '*' ? STAR : character)));
  const work: Work = { left: WORK };
  return (name) => {
    const characters = Array.from(name);
    const fits = (item: string, index: number): boolean => item === '?' || item === characters[index];
    return patterns.some((pattern) => matchesAll(pattern, characters.length, fits, work)) || work.left < 0;
  };
}
