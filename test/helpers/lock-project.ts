import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { RegistryOf } from '../../src/client/lock/registry-of.ts';
import { openRegistry } from '../../src/client/open-registry.ts';
import type { OpenRegistryOptions } from '../../src/client/open-registry-options.ts';
import type { ReleaseDocument } from '../../src/model/documents.ts';
import type { Registry } from '../../src/client/registry.ts';
import { packsRegistry } from './packs-registry.ts';
import { writePublished, type PublishedFiles } from './published-registry.ts';
import { sha256Of } from './registry-tree.ts';
import { scratch } from './scratch.ts';

type Packs = Parameters<typeof packsRegistry>[0];

/** A whole registry of packs under a name of its own. */
export function namedRegistry(name: string, packs: Packs): PublishedFiles {
  const files = packsRegistry(packs);
  const index = JSON.parse(files.get('index.json')?.toString() ?? '{}') as Record<string, unknown>;
  return new Map([
    ...files,
    ['index.json', Buffer.from(JSON.stringify({ ...index, registry: { name, title: name } }))],
  ]);
}

/** The same registry with the artifact of a release changed, as if it had been published so. */
export function withArtifact(
  files: PublishedFiles,
  pack: string,
  version: string,
  change: (release: ReleaseDocument) => Partial<ReleaseDocument>,
): PublishedFiles {
  const stable = `packs/${pack}/index.json`;
  const document = JSON.parse(files.get(stable)?.toString() ?? '{}') as { releases: ReleaseDocument[] };
  const releases = document.releases.map((each) => (each.version === version ? { ...each, ...change(each) } : each));
  const bytes = Buffer.from(JSON.stringify({ ...document, releases }));
  const path = `packs/${pack}/${sha256Of(bytes)}.json`;
  const index = JSON.parse(files.get('index.json')?.toString() ?? '{}') as {
    packs: Record<string, { document: { path: string; sha256: string } }>;
  };
  const entry = index.packs[pack];
  if (entry === undefined) throw new Error(`no pack ${pack}`);
  entry.document = { path, sha256: sha256Of(bytes) };
  return new Map([...files, [path, bytes], [stable, bytes], ['index.json', Buffer.from(JSON.stringify(index))]]);
}

/** Opens a registry that lies in a directory of its own, until the test ends. */
export async function directoryRegistry(files: PublishedFiles, options: OpenRegistryOptions = {}): Promise<Registry> {
  return opened(await registryDirectory(files), options);
}

export async function registryDirectory(files: PublishedFiles): Promise<string> {
  const directory = await scratch();
  writePublished(files, directory);
  return directory;
}

/** Opens a registry without a cache of its own until the test ends. */
export async function opened(location: string, options: OpenRegistryOptions = {}): Promise<Registry> {
  const registry = await openRegistry(location, { cache: false, ...options });
  onTestFinished(() => registry.close());
  return registry;
}

/** Registries by the name that a project calls them; `default` where it names none. */
export function registriesBy(named: Readonly<Record<string, Registry>>): RegistryOf {
  return async (name = 'default') => {
    const registry = named[name];
    if (registry === undefined) throw new Error(`no registry ${name}`);
    return registry;
  };
}

/** A folder with a `packyard.json`. */
export interface ProjectFolder {
  readonly folder: string;
  write(project: object): void;
  writeLock(text: string): void;
  /** Undefined where there is none. */
  lock(): string | undefined;
}

export async function projectFolder(project: object): Promise<ProjectFolder> {
  const folder = await scratch();
  const [json, lock] = [join(folder, 'packyard.json'), join(folder, 'packyard.lock')];
  const write = (value: object): void => writeFileSync(json, `${JSON.stringify(value, null, 2)}\n`);
  write(project);
  return {
    folder,
    write,
    writeLock: (text) => writeFileSync(lock, text),
    lock: () => (existsSync(lock) ? readFileSync(lock, 'utf8') : undefined),
  };
}
