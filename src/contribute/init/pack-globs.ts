import { compareText } from '../../model/compare-text.ts';

/** As many as `registry.yaml` may have. */
const MOST = 20;

/** Globs that name pack folders; those that a registry begins with where there are none. Ordered. */
export function packGlobs(folders: readonly string[]): readonly string[] {
  if (folders.length === 0) return ['packs/*'];
  const exact = globsOf(folders.map(globOf));
  if (exact.length <= MOST) return exact;
  const wide = globsOf(folders.map((folder) => `${escaped(folder.split('/').slice(0, -1)[0] ?? '')}/**`));
  return wide.length <= MOST && !wide.includes('/**') ? wide : ['**'];
}

function globsOf(globs: readonly string[]): string[] {
  return [...new Set(globs)].toSorted(compareText);
}

/** `packs/nginx-1.2.3` → `packs/*`; `packs/nginx/1.2.3` → the folders of all packs there. */
function globOf(folder: string): string {
  const names = folder.split('/');
  const isVersion = /^v?\d[^/]*$/iu.test(names.at(-1) ?? '');
  const stars = isVersion && names.length > 1 ? 2 : 1;
  return [...names.slice(0, -stars).map(escaped), ...Array.from({ length: stars }, () => '*')].join('/');
}

/** What means something in a glob stands for itself as any one character. */
function escaped(name: string): string {
  return name.replaceAll(/[\\*?[\]{}()!+@|]/gu, '?');
}
