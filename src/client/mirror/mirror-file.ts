import { PackyardError } from '../../errors.ts';
import type { PackDocument } from '../../model/documents.ts';

/** A file that a mirror is to have. */
export interface MirrorFile {
  readonly path: string;
  readonly sha256: string;
  /** Absent where no document says it. */
  readonly size?: number;
  /** Where the source has the same bytes under a path that a hash leads to. */
  readonly from?: string;
  /** Where they are known already. */
  readonly bytes?: Uint8Array;
  /** A file of a stable path is replaced as late as can be, the index last of all. */
  readonly role: 'immutable' | 'stable' | 'index';
}

/** A pack that a mirror is to have. */
export interface MirrorPack {
  readonly name: string;
  readonly document: PackDocument;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** The files below a pack's folder. Throws as `distinctFiles` does. */
export function filesOfPack({ name, document, bytes, sha256 }: MirrorPack): readonly MirrorFile[] {
  const size = bytes.byteLength;
  const all: readonly MirrorFile[] = [
    ...document.releases.flatMap(({ artifact, files }) =>
      [artifact, ...Object.values(files)].map((link): MirrorFile => ({
        path: link.path,
        sha256: link.sha256,
        size: link.size,
        role: 'immutable',
      })),
    ),
    { path: `packs/${name}/${sha256}.json`, sha256, size, bytes, role: 'immutable' },
    { path: `packs/${name}/index.json`, sha256, size, bytes, role: 'stable' },
  ];
  return distinctFiles(all, `The document of ${name}`);
}

/** The logos of a pack, which other packs may share. They are named after their bytes. */
export function logosOfPack({ document }: MirrorPack): readonly MirrorFile[] {
  const paths = document.releases.flatMap(({ logo, logoWebp }) => [...Object.values(logo), ...Object.values(logoWebp)]);
  return [...new Set(paths)].map((path) => ({
    path,
    sha256: path.slice('logos/'.length, 'logos/'.length + 64),
    role: 'immutable',
  }));
}

/** Each path once. Throws `registry-invalid` where `document`, for the message, says two things of one path. */
export function distinctFiles(files: Iterable<MirrorFile>, document: string): readonly MirrorFile[] {
  const byPath = new Map<string, MirrorFile>();
  for (const file of files) {
    const known = byPath.get(file.path);
    if (known === undefined) byPath.set(file.path, file);
    else if (known.sha256 !== file.sha256 || known.size !== file.size) {
      throw new PackyardError({
        code: 'registry-invalid',
        message: `${document} says two things of ${file.path}.`,
        hint: 'The registry must be published anew; nothing of it was taken.',
      });
    }
  }
  return [...byPath.values()];
}
