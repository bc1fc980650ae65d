import { mediaTypeOf } from '../../model/media-type.ts';
import type { IndexDocument } from '../../model/documents.ts';
import { INDEX_PATH } from '../../remote/registry-files.ts';
import type { SampledPack, SampleFile } from './probe.ts';

/** A file of each kind and media type: hosts treat files by the end of their names, and by their folders. */
export function sampleFiles(index: IndexDocument, packs: readonly SampledPack[]): readonly SampleFile[] {
  const files: SampleFile[] = [{ kind: 'index', path: INDEX_PATH, cache: 'revalidate' }];
  files.push({
    kind: 'search',
    path: index.search.path,
    sha256: index.search.sha256,
    cache: index.search.path.includes('/') ? 'immutable' : 'revalidate',
  });
  for (const { name, link, problem, release } of packs.filter((pack) => pack.problem === undefined)) {
    if (problem !== undefined) continue;
    files.push({ kind: 'document', ...link, cache: 'immutable' });
    files.push({ kind: 'pack index', path: `packs/${name}/index.json`, sha256: link.sha256, cache: 'revalidate' });
    if (release === undefined) continue;
    const { artifact, files: copies, logo, logoWebp } = release;
    const { path, sha256, size } = artifact;
    files.push({ kind: 'archive', path, sha256, size, cache: 'immutable' });
    for (const copy of Object.values(copies))
      files.push({ kind: 'copy', path: copy.path, sha256: copy.sha256, size: copy.size, cache: 'immutable' });
    for (const picture of [...Object.values(logo), ...Object.values(logoWebp)]) {
      files.push({ kind: 'logo', path: picture, cache: 'immutable' });
    }
  }
  const seen = new Set<string>();
  return files.filter(({ kind, path }) => {
    const key = `${kind} ${mediaTypeOf(path)}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
