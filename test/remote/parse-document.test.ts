import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openRegistrySource } from '../../src/remote/open-registry-source.ts';
import { parseDocument, type DocumentKind } from '../../src/remote/parse-document.ts';
import { exceedsBounds } from '../../src/remote/json-bounds.ts';
import { PackyardError } from '../../src/errors.ts';
import { publishedRegistry, writePublished, type PublishedOptions } from '../helpers/published-registry.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const INDEX: DocumentKind = { schema: 'index', format: 'packyard-index/1', name: "a registry's index" };
const ADDRESS = 'https://example.org/index.json';
const ANEW = 'Check the address; if it is right, the registry must be published anew.';

function refused(text: string | Uint8Array): Promise<{ message: string; hint: string | undefined }> {
  return failureOf(parseDocument(Buffer.from(text as string), INDEX, ADDRESS));
}

describe('what is no document', () => {
  test('a web page', async () => {
    for (const page of ['<!DOCTYPE html><title>Log in</title>', '\n  <html>']) {
      expect(await refused(page)).toEqual({
        code: 'registry-invalid',
        message: `${ADDRESS} is a web page, not a registry's index.`,
        hint: 'Check the address. A login page, of the host or of the network that this machine is in, may stand in between.',
      });
    }
  });

  test('a newer format', async () => {
    expect(await refused('{"format":"packyard-index/2","index":"elsewhere"}')).toEqual({
      code: 'registry-invalid',
      message: `${ADDRESS} is of the format packyard-index/2, which this Packyard cannot read: it knows packyard-index/1.`,
      hint: 'Install a newer Packyard.',
    });
  });

  test.each([
    ['', 'it is empty'],
    ['{"format":"packyard-ind', 'it is not JSON, or was cut off'],
    ['Not found', 'it is not JSON, or was cut off'],
    [Buffer.from([0x22, 0xff, 0x22]), 'it is not JSON, or was cut off'],
    ['{}', 'its "format" is not "packyard-index/1"'],
    ['null', 'its "format" is not "packyard-index/1"'],
    ['[]', 'its "format" is not "packyard-index/1"'],
    ['{"apiVersion":"v1","entries":{}}', 'its "format" is not "packyard-index/1"'],
    ['{"format":"packyard-pack/1"}', 'its "format" is not "packyard-index/1"'],
    ['{"format":"packyard-index/1 "}', 'its "format" is not "packyard-index/1"'],
    ['{"__proto__":{"format":"packyard-index/1"}}', 'its "format" is not "packyard-index/1"'],
    ['{"format":"packyard-index/1"}', 'it needs the key "registry"'],
    ['['.repeat(1000), 'it nests too deep, or holds too many objects and lists'],
    [`[${'{},'.repeat(4_000_001)}]`, 'it nests too deep, or holds too many objects and lists'],
  ])('case %#', async (text, reason) => {
    expect(await refused(text)).toEqual({
      code: 'registry-invalid',
      message: `${ADDRESS} is not a registry's index: ${reason}.`,
      hint: ANEW,
    });
  });

  test('any value whatever is refused without a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const text = JSON.stringify({ format: 'packyard-index/1', ...(value as object) });
        const error: unknown = await parseDocument(Buffer.from(text), INDEX, ADDRESS).catch(
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(PackyardError);
      }),
    );
  });
});

type Change = (value: Record<string, never>) => void;

async function messageOf(options: PublishedOptions): Promise<string> {
  const directory = await scratch();
  writePublished(publishedRegistry(options), directory);
  const read = async (): Promise<void> => {
    const source = await openRegistrySource(directory);
    await Promise.all([source.document('demo'), source.search(), source.sources()]);
  };
  const { code, message } = await failureOf(read());
  expect(code).toBe('registry-invalid');
  return message.slice(message.indexOf(': ') + 2);
}

/** Sets the value at a path of keys. */
function setting(path: readonly (string | number)[], value: unknown): Change {
  return (document) => {
    const holder = path.slice(0, -1).reduce((at: never, key) => at[key] as never, document as never);
    Object.defineProperty(holder, path.at(-1) ?? '', { value, enumerable: true, configurable: true });
  };
}

describe('what does not fit the schemas or the layout', () => {
  const HASH = 'd'.repeat(64);
  const LINK = { path: `packs/demo/${HASH}.json`, sha256: HASH };
  const PACK = { layer: 'addon', displayName: 'x', latest: '1.0.0', document: LINK };

  test.each<[readonly (string | number)[], unknown, string]>([
    [['serial'], '1', 'serial must be a whole number, not a string.'],
    [['packs', 'demo', 'layer'], 'add', 'packs.demo.layer must be kernel, os, k8s, cni, csi or addon, not "add".'],
    [['packs', 'a b'], {}, 'packs["a b"] needs the key "layer".'],
    [['search', 'path'], '../x', 'search.path must match pattern "^(?!/)(?!.*(^|/)\\.\\.(/|$)).+$".'],
    [['search', 'path'], 'packs/x.json', 'search.path must be search/<sha256>.json.'],
    [['sources', 'path'], 'sources/x.json', 'sources.path must be sources/<sha256>.json.'],
    [['packs', 'other'], PACK, 'the document of other must be packs/other/<sha256>.json.'],
    [['packs', 'Demo'], PACK, '"Demo" cannot be the name of a pack.'],
    [['packs', '__proto__'], PACK, '"__proto__" cannot be the name of a pack.'],
    [['packs', '..'], PACK, '".." cannot be the name of a pack.'],
    [['packs', 'n'.repeat(200)], PACK, `"${'n'.repeat(99)}…" cannot be the name of a pack.`],
    [['packs', 'demo', 'latest'], '../1', '"../1", the latest of demo, cannot be a version.'],
    [
      ['packs', 'demo', 'document', 'path'],
      'packs/demo/x.json',
      'the document of demo must be packs/demo/<sha256>.json.',
    ],
  ])('index: %j is %j', async (path, value, message) => {
    expect(await messageOf({ index: setting(path, value) as never })).toBe(message);
  });

  test.each<[readonly (string | number)[], unknown, string]>([
    [['releases', 0, 'recipe'], 0, 'releases[0].recipe must be >= 1.'],
    [
      ['releases', 0, 'status'],
      { state: 'gone', reason: 'x' },
      'releases[0].status.state must be deprecated, disabled or yanked, not "gone".',
    ],
    [['releases', 0, 'status'], { state: 'yanked' }, 'releases[0].status needs the key "reason".'],
    [
      ['releases', 0, 'supersedes'],
      [{ message: 'x', commit: 'x' }],
      'releases[0].supersedes[0] needs the key "contentSha256".',
    ],
    [
      ['releases', 0, 'source', 'removedIn'],
      'x',
      'releases[0].source.removedIn must match pattern "^[0-9a-f]{40}([0-9a-f]{24})?$".',
    ],
    [['name'], 'other', 'it is about "other", not demo.'],
    [['releases', 0, 'version'], '../../x', '"../../x" cannot be a version.'],
    [
      ['releases', 0, 'artifact', 'path'],
      'packs/demo/2/demo-2.tar.gz',
      'the artifact of 1.0.0 must be packs/demo/1.0.0/demo-1.0.0.tar.gz.',
    ],
    [
      ['releases', 0, 'files'],
      { 'a/../b': { path: 'packs/demo/1.0.0/b', sha256: HASH, size: 1 } },
      '"a/../b" of 1.0.0 must lie in packs/demo/1.0.0.',
    ],
    [
      ['releases', 0, 'files'],
      { 'b.txt': { path: 'packs/other/1.0.0/b.txt', sha256: HASH, size: 1 } },
      '"b.txt" of 1.0.0 must lie in packs/demo/1.0.0.',
    ],
    [['releases', 0, 'logo'], { 48: 'index.json' }, 'a logo of 1.0.0 must be logos/<sha256>-<size>.png or .webp.'],
    [
      ['releases', 0, 'logoWebp'],
      { 48: `logos/${HASH}-48.svg` },
      'a logo of 1.0.0 must be logos/<sha256>-<size>.png or .webp.',
    ],
    [['tags', 'latest'], '2.0.0', 'the tag "latest" stands for a version that it does not hold.'],
  ])('pack: %j is %j', async (path, value, message) => {
    expect(await messageOf({ pack: setting(path, value) as never })).toBe(message);
  });

  test('a version twice', async () => {
    const twice = (document: { releases: unknown[] }): void => void document.releases.push(document.releases[0]);
    expect(await messageOf({ pack: twice as never })).toBe('it holds the version 1.0.0 twice.');
    const again = ({ packs }: { packs: { demo: { releases: unknown[] } } }): void =>
      void packs.demo.releases.push(packs.demo.releases[0]);
    expect(await messageOf({ sources: again as never })).toBe('it holds demo 1.0.0 twice.');
  });

  test.each<['search' | 'sources', readonly (string | number)[], unknown, string]>([
    ['search', ['packs', 0, 'versions'], [], 'packs[0].versions must NOT have fewer than 1 items.'],
    [
      'search',
      ['packs', 0, 'states'],
      { '1.0.0': 'active' },
      'packs[0].states["1.0.0"] must be deprecated, disabled or yanked, not "active".',
    ],
    ['search', ['packs', 0, 'name'], '../x', '"../x" cannot be the name of a pack.'],
    ['search', ['packs', 0, 'versions'], ['1/2'], '"1/2" of demo cannot be a version.'],
    ['search', ['packs', 0, 'logo'], { 48: 'https://x/y.png' }, 'a logo of demo must be logos/<sha256>-<size>.png.'],
    [
      'sources',
      ['packs', 'demo', 'releases', 0, 'tree'],
      'x',
      'packs.demo.releases[0].tree must match pattern "^[0-9a-f]{40}([0-9a-f]{24})?$".',
    ],
    ['sources', ['packs', 'demo', 'status'], 1, 'packs.demo.status must be a string, not a number.'],
    ['sources', ['packs', 'demo', 'releases', 0, 'version'], '-x', '"-x" of demo cannot be a version.'],
  ])('%s: %j is %j', async (kind, path, value, message) => {
    expect(await messageOf({ [kind]: setting(path, value) as never })).toBe(message);
  });

  test('a name in the sources that is none', async () => {
    const releases = [{ version: '1.0.0', directory: 'x', tree: 'a'.repeat(40), recipe: 1 }];
    const change = setting(['packs', '__proto__'], { releases });
    expect(await messageOf({ sources: change as never })).toBe('"__proto__" cannot be the name of a pack.');
  });
});

test('bounds are counted outside of strings only', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  const countOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce((sum: number, child) => sum + countOf(child), 1)
      : 0;
  const value = fc.jsonValue({ maxDepth: 6, noUnicodeString: false });
  fc.assert(
    fc.property(value, (json) => {
      const bytes = Buffer.from(JSON.stringify(json));
      const bounds = { depth: depthOf(json), containers: countOf(json) };
      expect(exceedsBounds(bytes, bounds)).toBe(false);
      if (bounds.depth === 0) return;
      expect(exceedsBounds(bytes, { ...bounds, depth: bounds.depth - 1 })).toBe(true);
      expect(exceedsBounds(bytes, { ...bounds, containers: bounds.containers - 1 })).toBe(true);
    }),
  );
});
