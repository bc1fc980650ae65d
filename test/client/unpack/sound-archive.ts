import { gzipSync } from 'node:zlib';

import { canonicalTar } from '../../helpers/canonical-tar.ts';
import { compareUtf8 } from '../../../src/model/compare-utf8.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { inChunks, ROOT } from './hostile-tar.ts';

/** Content by path; the owner may execute those that begin with `#!`. */
export type Contents = Readonly<Record<string, string | Buffer>>;

export interface SoundArchive {
  readonly bytes: Buffer;
  readonly contentSha256: string;
  /** Its bytes as they come. */
  open(): AsyncIterable<Uint8Array>;
}

export function isExecutable(content: string | Buffer): boolean {
  return Buffer.from(content).subarray(0, 2).toString('latin1') === '#!';
}

/** The canonical archive of a release, as a build makes it. */
export function soundArchive(contents: Contents): SoundArchive {
  const files = Object.entries(contents)
    .map(([path, content]) => ({ path, executable: isExecutable(content), data: Buffer.from(content) }))
    .toSorted((a, b) => compareUtf8(a.path, b.path));
  const tar = Buffer.concat(Array.from(canonicalTar(ROOT, files), (chunk) => Buffer.from(chunk)));
  const bytes = gzipSync(tar);
  return { bytes, contentSha256: sha256Of(tar), open: () => inChunks(bytes, 4096) };
}
