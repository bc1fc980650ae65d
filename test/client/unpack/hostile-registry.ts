import { join } from 'node:path';

import { expect } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import { openRegistrySource } from '../../../src/remote/open-registry-source.ts';
import {
  documentPath,
  publishedRegistry,
  writePublished,
  type PublishedFiles,
} from '../../helpers/published-registry.ts';
import { failureOf, type Failure } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import { everythingIn } from './surroundings.ts';

export type DocumentName = 'index' | 'pack' | 'search';
export type Path = readonly (string | number)[];

const KINDS: Readonly<Record<DocumentName, string>> = {
  index: "a registry's index",
  pack: "a pack's document",
  search: "a catalogue's list of packs",
};

export const ANEW = 'Check the address; if it is right, the registry must be published anew.';

const DAY = '2026-07-01';
const TIME = `${DAY}T16:53:28Z`;
const HASH = 'd'.repeat(64);
const LOGO = { 48: `logos/${HASH}-48.png` };

/** Every key that a release can have beside those that it must have. */
const RELEASE = {
  addonType: 'app services',
  group: 'apps',
  publishedAt: TIME,
  status: { state: 'yanked', reason: 'broken', at: DAY, replacement: '1.0.1' },
  supersedes: [{ contentSha256: HASH, message: 'again', commit: 'e'.repeat(40) }],
  logo: LOGO,
  logoWebp: { 48: `logos/${HASH}-48.webp` },
  files: { 'pack.json': { path: 'packs/demo/1.0.0/pack.json', sha256: HASH, size: 1 } },
  annotations: { source: 'here' },
  images: ['demo:1'],
  charts: [{ path: 'charts/a.tgz', name: 'a', version: '1', appVersion: '1' }],
  manifests: ['manifests/a.yaml'],
  ansibleRoles: ['roles/a'],
  dependencies: [{ packName: 'other', layer: 'k8s', type: 'optional', minVersion: '1', maxVersion: '2' }],
  resources: [{ type: 'cpu' }],
};

/** A registry whose documents hold every key that there is; `change` gets the one that shall be hostile. */
export function fullRegistry(name: DocumentName, change: (document: Record<string, unknown>) => void): PublishedFiles {
  return publishedRegistry({
    index(index) {
      Object.assign(index['registry'] as object, { description: 'All packs', homepage: 'https://example.org' });
      Object.assign(index['source'] as object, { repository: 'https://example.org/packs', dirty: true });
      Object.assign((index['packs'] as { demo: object }).demo, { updatedAt: TIME });
      if (name === 'index') change(index);
    },
    pack(pack) {
      const [release] = pack['releases'] as Record<string, object>[];
      Object.assign(release ?? {}, structuredClone(RELEASE));
      Object.assign(release?.['source'] ?? {}, { commit: 'e'.repeat(40), removedIn: 'f'.repeat(40) });
      if (name === 'pack') change(pack);
    },
    search(search) {
      const [pack] = search['packs'] as object[];
      Object.assign(pack ?? {}, {
        description: 'x',
        addonType: 'x',
        updatedAt: TIME,
        cloudTypes: ['all'],
        logo: { ...LOGO },
        states: { '1.0.0': 'yanked' },
      });
      if (name === 'search') change(search);
    },
  });
}

/** Reads all three documents, as a client does and as a build does. */
export async function failuresOf(directory: string): Promise<readonly Failure[]> {
  const asClient = async (): Promise<void> => {
    const registry = await openRegistry(directory, { cache: false });
    await registry.index();
    await registry.pack('demo');
    await registry.searchDocument();
  };
  const asBuild = async (): Promise<void> => {
    const source = await openRegistrySource(directory);
    await source.document('demo');
    await source.search();
  };
  return [await failureOf(asClient()), await failureOf(asBuild())];
}

/** The address of a document, in a message. */
export function addressOf(name: DocumentName, files: PublishedFiles, directory: string): string {
  if (name === 'index') return join(directory, 'index.json');
  return join(directory, documentPath(files, name === 'pack' ? 'packs/demo' : 'search'));
}

/** A registry in which one document is hostile is refused with this reason, in the same words to everybody. */
export async function expectRefused(name: DocumentName, files: PublishedFiles, reason: string): Promise<void> {
  const directory = await scratch();
  writePublished(files, directory);
  const before = everythingIn(directory);
  const message = `${addressOf(name, files, directory)} is not ${KINDS[name]}: ${reason}.`;
  const expected = { code: 'registry-invalid', message, hint: ANEW };
  expect(await failuresOf(directory)).toEqual([expected, expected]);
  expect(everythingIn(directory)).toEqual(before);
}

/** What holds the value at a path, and the key of that. */
function holderOf(document: object, path: Path): readonly [object, string | number] {
  const holder = path
    .slice(0, -1)
    .reduce<object>((at, key) => (at as Record<string | number, object>)[key] ?? {}, document);
  return [holder, path.at(-1) ?? ''];
}

export function setAt(document: object, path: Path, value: unknown): void {
  const [holder, key] = holderOf(document, path);
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

export function removeAt(document: object, path: Path): void {
  const [holder, key] = holderOf(document, path);
  Reflect.deleteProperty(holder, key);
}

/** `packs/demo/layer` and `releases/0/version` as a path; a single digit is a place in a list. */
export function pathOf(text: string): Path {
  return text.split('/').map((key) => (/^\d$/u.test(key) ? Number(key) : key));
}

/** A path as messages show it. */
export function shownAs(path: Path): string {
  return path
    .map((key) =>
      typeof key === 'number' ? `[${key}]` : /^[A-Za-z_][\w-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
    )
    .join('')
    .replace(/^\./u, '');
}
