import { PackyardError } from '../../errors.ts';
import type { ArchiveSink } from '../unpack/archive-sink.ts';
import { readArchive, type ArchiveFile } from '../unpack/read-archive.ts';
import { concatenated } from '../../remote/sha256.ts';
import { LIMITS } from '../../model/limits.ts';

export interface ArchiveContent {
  /** By path. */
  readonly files: ReadonlyMap<string, ArchiveFile>;
  /** Bytes of its `pack.json`, where it has one of a usual size. */
  readonly manifest: Uint8Array | undefined;
}

/** Why an archive is refused, in a clause. */
export interface RefusedArchive {
  readonly refused: string;
  /** Hash of its tar, where that is sound, and is not the one that it should be. */
  readonly contentSha256: string | undefined;
}

export const MANIFEST = 'pack.json';

/** Reads an archive without keeping it. Rejects with what reading its bytes throws. */
export async function archiveContent(
  chunks: AsyncIterable<Uint8Array>,
  options: { readonly root: string; readonly contentSha256?: string; readonly signal?: AbortSignal | undefined },
): Promise<ArchiveContent | RefusedArchive> {
  const { root, contentSha256, signal } = options;
  const manifest = new ManifestSink();
  try {
    const given = { root, ...(contentSha256 !== undefined && { contentSha256 }), ...(signal && { signal }) };
    const files = await readArchive(chunks, given, manifest);
    return { files: new Map(files.map((file) => [file.path, file])), manifest: manifest.bytes };
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code !== 'archive-refused') throw error;
    const refused = error.message.replace(/^The archive of .*? is refused: /u, '').replace(/[.]$/u, '');
    const other = /^it holds other content .* is (?<found>[0-9a-f]{64}), not /u.exec(refused);
    return { refused, contentSha256: other?.groups?.['found'] };
  }
}

/** Keeps one file of the archive. */
class ManifestSink implements ArchiveSink {
  bytes: Uint8Array | undefined;
  #chunks: Uint8Array[] | undefined;

  folder(): void {
    // Nothing is written.
  }

  file({ path, size }: { readonly path: string; readonly size: number }): void {
    if (path === MANIFEST && size <= LIMITS.packJsonBytes) this.#chunks = [];
  }

  content(bytes: Uint8Array): void {
    this.#chunks?.push(Uint8Array.from(bytes));
  }

  end(): void {
    if (this.#chunks !== undefined) this.bytes = concatenated(this.#chunks);
    this.#chunks = undefined;
  }
}
