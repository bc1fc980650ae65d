import { LIMITS } from '../../model/limits.ts';
import { ignoreFilter, parseIgnoreRules } from '../../pack/ignore-rules.ts';
import { junkFilter } from '../../pack/junk.ts';

/** Comparisons of a rule or a character: a real chart takes some ten thousand. */
const STEPS = 100_000_000;

/** Helm leaves out hidden files below `templates` whatever `.helmignore` says; a repository is never part of a chart. */
const ALWAYS = parseIgnoreRules('templates/.?*\n.git\n');

/** Decides which files of a chart's folder, by their paths, are not packed. */
export function chartIgnore(helmignore: Buffer | undefined): (path: string) => boolean {
  const text = helmignore === undefined || helmignore.length > LIMITS.packignoreBytes ? '' : helmignore.toString();
  const isJunk = junkFilter();
  const isIgnored = ignoreFilter([parseIgnoreRules(text), ALWAYS], { left: STEPS });
  return (path) => path !== 'Chart.yaml' && (isJunk(path) || isIgnored(path));
}
