import type { Entry } from './entry.ts';

/** Folders in which no file ever changes: its name holds its hash. */
const IMMUTABLE_FOLDERS = ['history', 'logos', 'search', 'sources'];

/** How documents that are named by their hash begin, and the folders of releases; `index.json` begins otherwise. */
const IMMUTABLE_STARTS = '0123456789abcdefvV';

/**
 * Matches the paths, with the slash in front, of what never changes. Hosts are told this and not a list of files, so that
 * what they are told stays right as long as the layout does.
 */
export const IMMUTABLE_PATHS: string = `^/(?:packs/[^/]+/[${IMMUTABLE_STARTS}]|(?:${IMMUTABLE_FOLDERS.join('|')})/)`;

const IMMUTABLE = new RegExp(IMMUTABLE_PATHS, 'u');

/** The caching of a file of a registry, by its path alone. */
export function cachingOf(path: string): Entry['cache'] {
  return IMMUTABLE.test(`/${path}`) ? 'immutable' : 'revalidate';
}

/** Paths with the slash in front, in which `:name` stands for one name and `*`, at the end, for everything. */
export interface CachedPattern {
  readonly pattern: string;
  readonly cache: Entry['cache'];
}

/**
 * The same for hosts that join the values of a header where several patterns match: of these, one does at most. Some take
 * `v` for `V`, so the releases whose versions are written with a `V` are left out, and fall to what the host does by
 * itself. Some take `/search/*` for `/search` with anything behind it, `/search.json` too, so a folder's files are `:file`.
 */
export const CACHED_PATTERNS: readonly CachedPattern[] = [
  ...['/index.json', '/search.json', '/schemas/:file', '/packs/:name/index.json'].map((pattern) => ({
    pattern,
    cache: 'revalidate' as const,
  })),
  ...IMMUTABLE_FOLDERS.map((folder) => ({ pattern: `/${folder}/:file`, cache: 'immutable' as const })),
  ...[...IMMUTABLE_STARTS.replace('V', '')].map((start) => ({
    pattern: `/packs/:name/${start}*`,
    cache: 'immutable' as const,
  })),
];
