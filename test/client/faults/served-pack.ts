import { createHash, type Hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { canonicalTar } from '../../helpers/canonical-tar.ts';
import { ARTIFACT, documentPath, publishedRegistry, type PublishedFiles } from '../../helpers/published-registry.ts';

/** A registry with one pack, `demo` 1.0.0, whose archive can be unpacked and is large enough to break off in the middle. */
export interface ServedPack {
  readonly files: PublishedFiles;
  /** Files of the unpacked pack. */
  readonly content: ReadonlyMap<string, Buffer>;
  readonly paths: { readonly index: string; readonly document: string; readonly artifact: string };
}

export function servedPack(): ServedPack {
  const manifest = { name: 'demo', version: '1.0.0', displayName: 'Demo', layer: 'addon', cloudTypes: ['all'] };
  const content = new Map([
    ['README.md', Buffer.from('# demo\n')],
    ['files/noise.bin', noise(400_000)],
    ['pack.json', Buffer.from(`${JSON.stringify(manifest)}\n`)],
    ['values.yaml', Buffer.from('pack:\n  namespace: demo\n')],
  ]);
  const files = [...content].map(([path, data]) => ({ path, executable: false, data }));
  const chunks: Buffer[] = [];
  for (const chunk of canonicalTar('demo-1.0.0', files)) chunks.push(Buffer.from(chunk));
  const tar = Buffer.concat(chunks);
  const artifact = gzipSync(tar);
  const published = publishedRegistry({
    artifact,
    pack: (document) => {
      const [release] = document['releases'] as { artifact: { contentSha256: string } }[];
      if (release !== undefined) release.artifact.contentSha256 = sha256().update(tar).digest('hex');
    },
  });
  const document = documentPath(published, 'packs/demo');
  published.set('packs/demo/index.json', published.get(document) ?? Buffer.alloc(0));
  return { files: published, content, paths: { index: 'index.json', document, artifact: ARTIFACT } };
}

function sha256(): Hash {
  return createHash('sha256');
}

/** Bytes that do not compress, the same in every run. */
export function noise(size: number, seed = ''): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, number) =>
    sha256().update(`${seed} ${number}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, size);
}
