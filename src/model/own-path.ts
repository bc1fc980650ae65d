const BUILT = new Set(['index.json', 'search.json', 'packs', 'logos', 'search', 'sources', 'schemas']);

/** Where publishing keeps the indexes that were live, for going back to one. */
const HISTORY_FOLDER = 'history';

/**
 * Whether a path below an output directory is one that a registry can have. Everything else, such as `.git`, `CNAME` or
 * `.nojekyll`, is somebody else's, and neither looked into nor removed.
 */
export function isOwnPath(path: string): boolean {
  return isBuiltPath(path) || topOf(path) === HISTORY_FOLDER;
}

/** Whether a path is one that a build can make, and so may remove: not what publishing adds. */
export function isBuiltPath(path: string): boolean {
  return BUILT.has(topOf(path));
}

function topOf(path: string): string {
  return path.split('/')[0] ?? '';
}
