import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import { PackyardError } from '../../../src/errors.ts';
import { httpServer } from '../../helpers/http-server.ts';
import {
  documentPath,
  publishedRegistry,
  servesFiles,
  writePublished,
  type PublishedFiles,
} from '../../helpers/published-registry.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import {
  addressOf,
  ANEW,
  expectRefused,
  failuresOf,
  fullRegistry,
  pathOf,
  setAt,
  type DocumentName,
} from './hostile-registry.ts';

const NAMES = ['index', 'pack', 'search'] as const;
const FORMATS = { index: 'packyard-index/1', pack: 'packyard-pack/1', search: 'packyard-search/1' } as const;
const FOLDERS = { pack: 'packs/demo', search: 'search' } as const;
const KINDS = {
  index: "a registry's index",
  pack: "a pack's document",
  search: "a catalogue's list of packs",
} as const;

/** A registry in which one document has these bytes, and whose index leads to them by their hash. */
function withBytes(name: DocumentName, bytes: Buffer | ((sound: string) => Buffer)): PublishedFiles {
  const files = publishedRegistry();
  const path = name === 'index' ? 'index.json' : documentPath(files, FOLDERS[name]);
  const sound = files.get(path)?.toString('utf8') ?? '';
  const other = typeof bytes === 'function' ? bytes(sound) : bytes;
  files.set(path, other);
  if (name === 'index') return files;
  const moved = `${FOLDERS[name]}/${sha256Of(other)}.json`;
  files.delete(path);
  files.set(moved, other);
  const index = files.get('index.json')?.toString('utf8') ?? '';
  const [old, now] = [path.slice(-69, -5), moved.slice(-69, -5)];
  files.set('index.json', Buffer.from(index.replaceAll(old, now)));
  return files;
}

const NO_JSON = 'it is not JSON, or was cut off';
const TOO_DEEP = 'it nests too deep, or holds too many objects and lists';

/** Bytes by what is wrong with them, and what the message says. `FORMAT` is that of the document. */
const BYTES: readonly (readonly [string, Buffer | ((sound: string) => Buffer), string])[] = [
  ['nothing', Buffer.alloc(0), 'it is empty'],
  ['blanks', Buffer.from(' \n\t '), NO_JSON],
  ['a zero byte', Buffer.from('\0'), NO_JSON],
  ['text', Buffer.from('Not found\n'), NO_JSON],
  ['a document that was cut off', (sound) => Buffer.from(sound.slice(0, -3)), NO_JSON],
  ['a document with a comma too many', (sound) => Buffer.from(sound.replace('}', ',}')), NO_JSON],
  ['a document with a comment', (sound) => Buffer.from(`// comment\n${sound}`), NO_JSON],
  ['a document in single quotes', (sound) => Buffer.from(sound.replaceAll('"', "'")), NO_JSON],
  ['a document twice', (sound) => Buffer.from(sound + sound), NO_JSON],
  ['no number', (sound) => Buffer.from(sound.replace('{', '{"x":NaN,')), NO_JSON],
  ['infinity', (sound) => Buffer.from(sound.replace('{', '{"x":Infinity,')), NO_JSON],
  ['a hexadecimal number', (sound) => Buffer.from(sound.replace('{', '{"x":0x10,')), NO_JSON],
  ['undefined', Buffer.from('undefined'), NO_JSON],
  ['bytes that are no UTF-8', (sound) => Buffer.from(sound.replace('{', '{"x":"\u00ff",'), 'latin1'), NO_JSON],
  ['half a character', (sound) => Buffer.concat([Buffer.from(sound), Buffer.from([0xe2, 0x82])]), NO_JSON],
  ['UTF-16', (sound) => Buffer.from(`\ufeff${sound}`, 'utf16le'), NO_JSON],
  ['two marks of byte order', (sound) => Buffer.from(`\ufeff\ufeff${sound}`), NO_JSON],
  ['a control character in a string', (sound) => Buffer.from(sound.replace('{', '{"x":"\u001b[2J",')), NO_JSON],
  ['a gzip', Buffer.from([0x1f, 0x8b, 8, 0]), NO_JSON],
  ['a deep nest', (sound) => Buffer.from(sound.replace('{', `{"x":${'['.repeat(50_000)}`)), TOO_DEEP],
  ['a deep nest of objects', (sound) => Buffer.from(sound.replace('{', `{"x":${'{"x":'.repeat(50_000)}`)), TOO_DEEP],
  ['101 levels', (sound) => Buffer.from(sound.replace('{', `{"x":${'['.repeat(100)}${']'.repeat(100)},`)), TOO_DEEP],
  ['millions of lists', (sound) => Buffer.from(sound.replace('{', `{"x":[${'[],'.repeat(4_000_000)}[]],`)), TOO_DEEP],
  ['null', Buffer.from('null'), 'its "format" is not "FORMAT"'],
  ['true', Buffer.from('true'), 'its "format" is not "FORMAT"'],
  ['a number', Buffer.from('1e400'), 'its "format" is not "FORMAT"'],
  ['a string', Buffer.from('"packyard-index/1"'), 'its "format" is not "FORMAT"'],
  ['a list', (sound) => Buffer.from(`[${sound}]`), 'its "format" is not "FORMAT"'],
  ['an empty object', Buffer.from('{}'), 'its "format" is not "FORMAT"'],
  ['a document as a prototype', (sound) => Buffer.from(`{"__proto__":${sound}}`), 'its "format" is not "FORMAT"'],
  ['an index of Helm', Buffer.from('{"apiVersion":"v1","entries":{}}'), 'its "format" is not "FORMAT"'],
  ['a format of nobody', Buffer.from('{"format":"packyard-values/1"}'), 'its "format" is not "FORMAT"'],
  ['a format with a blank', (sound) => Buffer.from(sound.replace('/1"', '/1 "')), 'its "format" is not "FORMAT"'],
  [
    'a format in a list',
    (sound) => Buffer.from(sound.replace(/"(packyard-\w+\/1)"/u, '["$1"]')),
    'its "format" is not "FORMAT"',
  ],
  ['a format that ends it', (sound) => Buffer.from(sound.replace('/1"', '/1\\u0000"')), 'its "format" is not "FORMAT"'],
  [
    'a second format',
    (sound) => Buffer.from(sound.replace(/\}\s*$/u, ',"format":"x"}')),
    'its "format" is not "FORMAT"',
  ],
];

describe.each(NAMES)('in the place of the document %s', (name) => {
  test.each(BYTES)('%s', async (_, bytes, reason) => {
    await expectRefused(name, withBytes(name, bytes), reason.replace('FORMAT', FORMATS[name]));
  });

  test('a document beyond 64 MiB', async () => {
    const files = withBytes(name, (sound) => Buffer.concat([Buffer.from(sound), Buffer.alloc(67_108_864, ' ')]));
    const directory = await scratch();
    writePublished(files, directory);
    const address = addressOf(name, files, directory);
    const [asClient, asBuild] = await failuresOf(directory);
    expect(asBuild).toEqual({
      code: 'registry-invalid',
      message: `${address} is not ${KINDS[name]}: it is larger than 64 MiB.`,
      hint: ANEW,
    });
    expect(asClient).toEqual(asBuild);
  });

  test('another version of the format', async () => {
    for (const version of ['2', '0', '10', '999999999']) {
      const files = withBytes(name, (sound) => Buffer.from(sound.replace('/1"', `/${version}"`)));
      const directory = await scratch();
      writePublished(files, directory);
      const format = FORMATS[name].replace('/1', `/${version}`);
      const message = `${addressOf(name, files, directory)} is of the format ${format}, which this Packyard cannot read: it knows ${FORMATS[name]}.`;
      const expected = { code: 'registry-invalid', message, hint: 'Install a newer Packyard.' };
      expect(await failuresOf(directory)).toEqual([expected, expected]);
    }
  });

  test('the page of a login', async () => {
    for (const page of [
      '<!DOCTYPE html><title>Log in</title>',
      '\ufeff<html><body>',
      '  \r\n<HTML>',
      '<?xml version="1.0"?>',
    ]) {
      const files = withBytes(name, Buffer.from(page));
      const { url } = await httpServer(servesFiles(files));
      const address = name === 'index' ? `${url}/index.json` : `${url}/${documentPath(files, FOLDERS[name])}`;
      const registry = await openRegistry(url, { cache: false });
      const read = async (): Promise<unknown> => [await registry.pack('demo'), await registry.searchDocument()];
      expect(await failureOf(read())).toEqual({
        code: 'registry-invalid',
        message: `${address} is a web page, not ${KINDS[name]}.`,
        hint: 'Check the address. A login page, of the host or of the network that this machine is in, may stand in between.',
      });
      await registry.close();
    }
  });

  test('is read with a mark of byte order, and with what nobody knows in it', async () => {
    const own = '"__proto__":{"format":"x"},"constructor":1,"toString":null,"":{"deep":[[[]]]},';
    const directory = await scratch();
    writePublished(
      withBytes(name, (sound) => Buffer.from(`\ufeff${sound.replace('{', `{${own}`)}`)),
      directory,
    );
    const registry = await openRegistry(directory, { cache: false });
    expect((await registry.index()).serial).toBe(1);
    expect((await registry.pack('demo')).releases).toHaveLength(1);
    expect((await registry.searchDocument()).packs).toHaveLength(1);
    expect(({} as Record<string, unknown>)['format']).toBeUndefined();
  });
});

/** Values that fit the schema and would lead out of the layout, and what the message says. */
const STRAY: readonly (readonly [DocumentName, string, unknown, string])[] = [
  ['index', 'packs/demo/document/path', 'packs/other/x.json', 'the document of demo must be packs/demo/<sha256>.json'],
  [
    'index',
    'packs/demo/document/path',
    'https://example.org/x',
    'the document of demo must be packs/demo/<sha256>.json',
  ],
  ['index', 'packs/demo/document/path', '.git/config', 'the document of demo must be packs/demo/<sha256>.json'],
  ['index', 'packs/demo/document/path', 'packs\\demo\\x', 'the document of demo must be packs/demo/<sha256>.json'],
  ['index', 'packs/demo/latest', '../../x', '"../../x", the latest of demo, cannot be a version'],
  ['index', 'packs/demo/latest', '', '"", the latest of demo, cannot be a version'],
  ['index', 'packs/demo/latest', '1\u001b[2J', String.raw`"1\u001b[2J", the latest of demo, cannot be a version`],
  ['index', 'search/path', 'search/x.json', 'search.path must be search/<sha256>.json'],
  ['index', 'search/path', '//example.org/x', 'search.path must match pattern "^(?!/)(?!.*(^|/)\\.\\.(/|$)).+$"'],
  ['index', 'sources/path', 'packs/demo/x.json', 'sources.path must be sources/<sha256>.json'],
  ['index', 'search/sha256', 'A'.repeat(64), 'search.sha256 must match pattern "^[0-9a-f]{64}$"'],
  ['index', 'source/commit', 'main', 'source.commit must match pattern "^[0-9a-f]{40}([0-9a-f]{24})?$"'],
  ['pack', 'name', 'other', 'it is about "other", not demo'],
  ['pack', 'releases/0/version', '../1', '"../1" cannot be a version'],
  ['pack', 'releases/0/version', '1.0.1', 'the artifact of 1.0.1 must be packs/demo/1.0.1/demo-1.0.1.tar.gz'],
  [
    'pack',
    'releases/0/artifact/path',
    'packs/other/1/x',
    'the artifact of 1.0.0 must be packs/demo/1.0.0/demo-1.0.0.tar.gz',
  ],
  ['pack', 'releases/0/files/pack.json/path', 'logos/x', '"pack.json" of 1.0.0 must lie in packs/demo/1.0.0'],
  ['pack', 'releases/0/logo/48', 'packs/x.png', 'a logo of 1.0.0 must be logos/<sha256>-<size>.png or .webp'],
  ['pack', 'tags/latest', '9.9.9', 'the tag "latest" stands for a version that it does not hold'],
  ['search', 'packs/0/name', '../demo', '"../demo" cannot be the name of a pack'],
  ['search', 'packs/0/name', 'CON', '"CON" cannot be the name of a pack'],
  ['search', 'packs/0/versions/0', '1/../2', '"1/../2" of demo cannot be a version'],
  ['search', 'packs/0/logo/48', 'https://example.org/x.png', 'a logo of demo must be logos/<sha256>-<size>.png'],
];

test.each(STRAY)('%s: %s is %j', async (name, place, value, reason) => {
  await expectRefused(
    name,
    fullRegistry(name, (document) => setAt(document, pathOf(place), value)),
    reason,
  );
});

test('values put anywhere at random are taken or refused, and nothing crashes', async () => {
  const place = fc.oneof(
    ...['packs/demo', 'packs/__proto__', 'registry', 'search'].map((path) => fc.constant(['index', path] as const)),
    ...['releases', 'releases/0', 'tags', 'tags/__proto__', 'releases/0/files', 'releases/0/status'].map((path) =>
      fc.constant(['pack', path] as const),
    ),
    ...['packs', 'packs/0', 'packs/0/states', 'packs/0/logo'].map((path) => fc.constant(['search', path] as const)),
  );
  const directory = await scratch();
  await fc.assert(
    fc.asyncProperty(place, fc.jsonValue({ maxDepth: 4 }), async ([name, path], value) => {
      writePublished(
        fullRegistry(name, (document) => setAt(document, pathOf(path), value)),
        directory,
      );
      try {
        const registry = await openRegistry(directory, { cache: false });
        await registry.index();
        await registry.pack('demo');
        await registry.searchDocument();
      } catch (error) {
        expect(error).toBeInstanceOf(PackyardError);
        expect(error).toMatchObject({ code: 'registry-invalid', hint: ANEW });
      }
    }),
    { numRuns: 300 },
  );
});
