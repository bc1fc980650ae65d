import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

import { build } from '../../../src/build/build.ts';
import type { IndexDocument, PackDocument } from '../../../src/model/documents.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { png } from '../../helpers/png.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { scratch } from '../../helpers/scratch.ts';

/** Files of a registry by path; a change is seen by whoever writes or serves them. */
export type RegistryTree = Map<string, Buffer>;

let built: Promise<RegistryTree> | undefined;

/**
 * A fresh copy of the files of a small registry that is built once a file: `alpha` 1.0.0, 1.1.0 (yanked) and 2.0.0-rc.1,
 * and `beta` 1.0.0.
 */
export async function builtRegistry(): Promise<RegistryTree> {
  built ??= buildOnce();
  return new Map([...(await built)].map(([path, bytes]) => [path, Buffer.from(bytes)]));
}

const STATUS = `releases:
  - versions: 1.1.0
    state: yanked
    reason: it is broken
    at: 2026-05-01
`;

async function buildOnce(): Promise<RegistryTree> {
  const logo = { 'logo.png': png(300, 120, 0) };
  const repository = await gitRepository({
    'registry.yaml': 'name: yard\ntitle: Yard\n',
    'status/alpha.yaml': STATUS,
    ...packFiles('packs/alpha-1', { name: 'alpha', version: '1.0.0', files: logo }),
    ...packFiles('packs/alpha-11', { name: 'alpha', version: '1.1.0', files: logo }),
    ...packFiles('packs/alpha-2', { name: 'alpha', version: '2.0.0-rc.1', files: logo }),
    ...packFiles('packs/beta', { name: 'beta', files: { 'files/run.sh': '#!/bin/sh\n', 'logo.png': png(90, 90) } }),
  });
  repository.git('update-index', '--chmod=+x', 'packs/beta/files/run.sh');
  repository.git('commit', '--quiet', '-m', 'executable');
  const out = join(await scratch(), 'public');
  await build({ repository: repository.path, out, cache: await scratch(), revision: 'HEAD' } as never);
  return treeOf(out);
}

function treeOf(folder: string): RegistryTree {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [
      path
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
      readFileSync(path),
    ]),
  );
}

/** Writes the files into a folder that is removed when the test ends. */
export async function written(files: RegistryTree): Promise<string> {
  const folder = join(await scratch(), 'public');
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

export function flipped(bytes: Buffer, at: number = Math.floor(bytes.length / 2), bit = 0): Buffer {
  const other = Buffer.from(bytes);
  other[at] = (other[at] ?? 0) ^ (1 << bit);
  return other;
}

export function indexIn(files: RegistryTree): IndexDocument {
  return JSON.parse(String(files.get('index.json'))) as IndexDocument;
}

export function packIn(files: RegistryTree, name: string): PackDocument {
  return JSON.parse(String(files.get(`packs/${name}/index.json`))) as PackDocument;
}

/** A document that a test damages: whatever it does, the compiler shall not mind. */
// eslint-disable-next-line typescript/no-explicit-any
export type Json = Record<string, any>;

/** Changes a pack's document, and the index with it, so that every hash fits. */
export function editPack(files: RegistryTree, name: string, edit: (document: Json) => void): void {
  const document = packIn(files, name) as Json;
  edit(document);
  const index = indexIn(files) as Json;
  const link = index['packs'][name].document;
  files.delete(link.path);
  const bytes = Buffer.from(`${JSON.stringify(document)}\n`);
  const sha256 = sha256Of(bytes);
  index['packs'][name].document = { path: `packs/${name}/${sha256}.json`, sha256 };
  files.set(`packs/${name}/${sha256}.json`, bytes);
  files.set(`packs/${name}/index.json`, bytes);
  files.set('index.json', Buffer.from(`${JSON.stringify(index)}\n`));
}

/** The same of `search` or `sources`. */
export function editShared(files: RegistryTree, key: 'search' | 'sources', edit: (document: Json) => void): void {
  const index = indexIn(files) as Json;
  const document = JSON.parse(String(files.get(index[key].path))) as Json;
  edit(document);
  files.delete(index[key].path);
  const bytes = Buffer.from(`${JSON.stringify(document)}\n`);
  const sha256 = sha256Of(bytes);
  index[key] = { path: `${key}/${sha256}.json`, sha256 };
  files.set(`${key}/${sha256}.json`, bytes);
  if (key === 'search') files.set('search.json', bytes);
  files.set('index.json', Buffer.from(`${JSON.stringify(index)}\n`));
}

export function editIndex(files: RegistryTree, edit: (index: Json) => void): void {
  const index = indexIn(files) as Json;
  edit(index);
  files.set('index.json', Buffer.from(`${JSON.stringify(index)}\n`));
}
