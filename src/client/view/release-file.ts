import { PackyardError } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import type { Registry, RegistryRelease } from '../registry.ts';

/** Larger ones are not for reading. */
const MOST_BYTES = 16_777_216;

/** A file of a release that can be read without unpacking it. */
export interface ReleaseText {
  readonly text: string;
  /** Whether the text is in UTF-8, so that it stands for the very bytes. */
  readonly exact: boolean;
}

/**
 * `README.md`, `values.yaml` or `pack.json` of a release, verified. Rejects with `unknown-release` where the release has
 * no such file, and as `Registry` says.
 */
export async function releaseFile(
  registry: Registry,
  { name, release }: RegistryRelease,
  file: string,
  signal?: AbortSignal,
): Promise<ReleaseText> {
  const link = Object.hasOwn(release.files, file) ? release.files[file] : undefined;
  const title = `${name} ${release.version}`;
  if (link === undefined) {
    const others = Object.keys(release.files);
    const hint = others.length === 0 ? undefined : `It has ${others.join(', ')}.`;
    throw new PackyardError({
      code: 'unknown-release',
      message: `${title} has no ${file}.`,
      ...(hint !== undefined && { hint }),
    });
  }
  if (link.size > MOST_BYTES) {
    throw new PackyardError({
      code: 'file-too-large',
      message: `${file} of ${title} has ${formatBytes(link.size)}; at most ${formatBytes(MOST_BYTES)} are shown.`,
      hint: `Pull the pack to read it: packyard pull ${name}@${release.version}`,
    });
  }
  const fetched = await registry.fetchFile(link.path, link, signal === undefined ? {} : { signal });
  const bytes = new Uint8Array(link.size);
  let at = 0;
  for await (const chunk of fetched.open()) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return decoded(bytes);
}

function decoded(bytes: Uint8Array): ReleaseText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), exact: true };
  } catch {
    return { text: new TextDecoder().decode(bytes), exact: false };
  }
}
