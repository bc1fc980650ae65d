const TOP = new Set(['index.json', 'search.json', 'packs', 'logos', 'search', 'sources', 'schemas']);

/**
 * Whether a path below an output directory is one that a registry can have. Everything else, such as `.git`, `CNAME` or
 * `.nojekyll`, is somebody else's, and neither looked into nor removed.
 */
export function isOwnPath(path: string): boolean {
  return TOP.has(path.split('/')[0] ?? '');
}
