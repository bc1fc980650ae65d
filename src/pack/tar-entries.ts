import { Header, type HeaderData } from 'tar/header';
import { Pax } from 'tar/pax';

import { BLOCK } from './tar-header.ts';

/** A regular file in a tar. */
export interface TarEntry {
  readonly path: string;
  /** By its owner. */
  readonly executable: boolean;
  readonly data: Buffer;
}

const NO_TAR = 'there is no tar in it';

/**
 * The regular files of a tar in memory, in its order; paths are as the tar has them, and not to be trusted. Everything
 * else in it is passed over. Throws where the tar is damaged.
 */
export function* tarEntries(tar: Buffer): Generator<TarEntry> {
  if (tar.length < BLOCK && tar.length > 0) throw new Error(NO_TAR);
  let extended: HeaderData | undefined;
  for (let offset = 0; offset + BLOCK <= tar.length;) {
    const header = new Header(tar, offset);
    if (header.nullBlock) return;
    if (!header.cksumValid) throw new Error(offset === 0 ? NO_TAR : `its header at byte ${offset} is damaged`);
    const { type } = header;
    const { path = header.path ?? '', size = header.size ?? 0 } = extended ?? {};
    const start = offset + BLOCK;
    if (start + size > tar.length) throw new Error(`it ends inside ${JSON.stringify(path)}`);
    const data = tar.subarray(start, start + size);
    if (type === 'File' || type === 'OldFile' || type === 'ContiguousFile')
      yield { path, executable: ((header.mode ?? 0) & 0o100) !== 0, data };
    extended = extensionOf(type, data);
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** What a header says about the one behind it: how tars hold paths that are too long for them. */
function extensionOf(type: Header['type'], data: Buffer): HeaderData | undefined {
  if (type === 'ExtendedHeader') return { ...Pax.parse(data.toString('utf8')) } as HeaderData;
  if (type === 'NextFileHasLongPath') return { path: data.toString('utf8').replace(/\0.*$/su, '') };
  return undefined;
}
