import { RULE_IDS } from '../../check/catalog.ts';

/**
 * Where a shell finds what fits: words that are known beforehand; its own files; names that Git knows; packs and
 * registries that Packyard knows without asking anybody.
 */
export type ValueSource =
  | { readonly from: 'words'; readonly words: readonly string[] }
  | { readonly from: NamedSource };

export type NamedSource = 'files' | 'directories' | 'revisions' | 'packs' | 'registries';

/** By the names that help gives to values. */
const BY_NAME: Readonly<Record<string, readonly NamedSource[]>> = {
  'name@version': ['packs'],
  base: ['revisions'],
  branch: ['revisions'],
  commit: ['revisions'],
  dest: ['directories'],
  dir: ['directories'],
  directories: ['directories'],
  file: ['files'],
  head: ['revisions'],
  location: ['registries', 'directories'],
  pack: ['packs'],
  packs: ['packs', 'directories'],
  path: ['files'],
  paths: ['files'],
  registry: ['registries', 'directories'],
  repository: ['directories'],
  source: ['registries', 'directories'],
  target: ['directories'],
  what: ['registries', 'files'],
};

/** Names that mean something else elsewhere. */
const BY_PLACE: Readonly<Record<string, readonly NamedSource[]>> = {
  'bump --chart': ['files'],
  'bump pack': ['directories'],
  'list name': ['packs'],
  'mirror --packs': ['packs'],
  'new --chart': ['files'],
  'new --from': ['directories'],
  'registry add url': ['directories'],
  'registry remove name': ['registries'],
  'registry show name': ['registries'],
  'update names': ['packs'],
  'verify --packs': ['packs'],
  'versions name': ['packs'],
};

/**
 * What fits for a value called `name`, of the argument or flag at `place`: `registry add url`, `verify --packs`. Empty
 * where nobody can know.
 */
export function valueSources(place: string, name: string, choices: readonly string[]): readonly ValueSource[] {
  if (choices.length > 0) return [{ from: 'words', words: choices }];
  if (name === 'rule') return [{ from: 'words', words: RULE_IDS }];
  const plain = name.toLowerCase();
  const named = BY_PLACE[place] ?? BY_NAME[plain] ?? byEnding(plain);
  return named.map((from) => ({ from }));
}

/** `<values-file>`, `<chart-dir>`, `<file|dir|url>` */
function byEnding(name: string): readonly NamedSource[] {
  if (/(?:^|[-|])(?:file|path|tgz)s?(?:$|\|)/u.test(name)) return ['files'];
  return /(?:^|[-|])(?:dir|folder|directory)s?(?:$|\|)/u.test(name) ? ['directories'] : [];
}
