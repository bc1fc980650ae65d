import { basename, posix, resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { stringsAt } from '../../model/json-value.ts';
import { MANIFEST_FILE, VALUES_FILE, type PackFile } from '../../pack/pack.ts';
import { pathInPack } from '../../pack/pack-path.ts';
import { manifestFacts } from '../new/manifest-facts.ts';
import { readManifestPart } from '../new/manifest-part.ts';
import { changeText } from './change-text.ts';
import { withImages } from './pack-content.ts';
import { withPlainLines } from './text-edits.ts';

/**
 * Puts files in the place of the manifests of the same file name, and the images in them in the place of those that
 * `values.yaml` lists. Rejects with `usage`, also for what is no manifest, and with `file-too-large`.
 */
export async function replaceManifests(files: Map<string, PackFile>, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const listed = manifestsOf(files);
  const [before, after]: [string[], string[]] = [[], []];
  for (const path of paths) {
    const name = basename(resolve(path));
    const places = listed.filter((each) => posix.basename(each) === name);
    const [place] = places;
    const old = files.get(place ?? '');
    if (old === undefined || places.length !== 1) throw noPlace(path, name, listed);
    const part = await readManifestPart([path]);
    const data = part.files[0]?.data ?? old.data;
    before.push(...imagesIn(old.data));
    after.push(...part.images.map(({ image }) => image));
    files.set(old.path, { ...old, data });
  }
  // What others still run is not theirs to change.
  const others = new Set(listed.flatMap((path) => imagesIn(files.get(path)?.data)));
  const gone = before.filter((image) => !others.has(image) || after.includes(image));
  changeText(files, VALUES_FILE, (text) =>
    withPlainLines(text, (plain) => withImages(plain, { used: gone, optional: [] }, { used: after, optional: [] })),
  );
}

function imagesIn(data: Buffer | undefined): string[] {
  return manifestFacts(data?.toString('utf8') ?? '').images.map(({ image }) => image);
}

function manifestsOf(files: ReadonlyMap<string, PackFile>): string[] {
  const manifest: unknown = JSON.parse(files.get(MANIFEST_FILE)?.data.toString('utf8') ?? '{}');
  return stringsAt(manifest, 'kubeManifests')
    .flatMap((path) => pathInPack(path) ?? [])
    .filter((path) => files.has(path));
}

function noPlace(path: string, name: string, listed: readonly string[]): PackyardError {
  const names = listed.slice(0, 10).join(', ');
  return new PackyardError({
    code: 'usage',
    message: `${path} cannot take the place of a manifest: the pack has not just one that is called ${name}.`,
    hint: listed.length === 0 ? 'The pack has no manifests.' : `The pack has: ${names}.`,
  });
}
