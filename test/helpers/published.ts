import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { builderOf, type Builder } from './build-registry.ts';
import { gitRepository, type FileMap, type TestRepository } from './git-repository.ts';
import { packFiles } from './pack-fixture.ts';
import { readIndex, sha256Of } from './registry-tree.ts';
import { scratch } from './scratch.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

export interface Published {
  readonly repository: TestRepository;
  /** Folder of the registry that is published. */
  readonly published: string;
  /** A builder with an empty cache and another output, as a fresh machine has. */
  readonly fresh: Builder;
}

/** Six packs of two releases each, built and published. */
export async function published(config = ''): Promise<Published> {
  const packs = NAMES.flatMap((name) =>
    ['1.0.0', '1.1.0'].map((version) => packFiles(`packs/${name}-${version}`, { name, version })),
  );
  const repository = await gitRepository(Object.assign({}, ...packs, { 'registry.yaml': `name: yard\n${config}` }));
  const first = await builderOf(repository);
  await first.build();
  return { repository, published: first.out, fresh: await builderOf(repository) };
}

/** The files of one more release. */
export function add(name: string, version: string): FileMap {
  return packFiles(`packs/${name}-${version}`, { name, version });
}

/** A copy of a registry of which every pack document and the sources are other ones, with the hashes that they have then. */
export async function republished(folder: string, change: (text: string) => string): Promise<string> {
  const copy = join(await scratch(), 'copy');
  cpSync(folder, copy, { recursive: true });
  const index = readIndex(folder);
  const moved = (path: string): { path: string; sha256: string } => {
    const data = Buffer.from(change(readFileSync(join(folder, path), 'utf8')));
    const link = { path: `${posix.dirname(path)}/${sha256Of(data)}.json`, sha256: sha256Of(data) };
    writeFileSync(join(copy, link.path), data);
    return link;
  };
  const packs = Object.entries(index.packs).map(([name, pack]) => [
    name,
    { ...pack, document: moved(pack.document.path) },
  ]);
  const changed = { ...index, sources: moved(index.sources.path), packs: Object.fromEntries(packs) };
  writeFileSync(join(copy, 'index.json'), JSON.stringify(changed));
  return copy;
}
