import { pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import { openRegistrySource, type DocumentCache } from '../../src/remote/open-registry-source.ts';
import type { RegistrySource } from '../../src/remote/registry-source.ts';
import { httpServer } from '../helpers/http-server.ts';
import {
  ARTIFACT,
  documentPath,
  publishedRegistry,
  servesFiles,
  writePublished,
  type PublishedFiles,
} from '../helpers/published-registry.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { bytesOf } from './bytes-of.ts';

async function inDirectory(files: PublishedFiles): Promise<string> {
  const directory = await scratch();
  writePublished(files, directory);
  return directory;
}

async function expectWhole(source: RegistrySource, files: PublishedFiles): Promise<void> {
  const artifact = files.get(ARTIFACT) ?? Buffer.alloc(0);
  expect(source.indexSha256).toBe(sha256Of(files.get('index.json') ?? Buffer.alloc(0)));
  expect(source.index.serial).toBe(1);
  expect(await source.document('demo')).toMatchObject({ name: 'demo', releases: [{ version: '1.0.0' }] });
  expect(await source.document('other')).toBeUndefined();
  expect(await source.document('constructor')).toBeUndefined();
  expect(await source.document('__proto__')).toBeUndefined();
  expect(await source.search()).toMatchObject({ packs: [{ name: 'demo' }] });
  expect(await source.sources()).toMatchObject({ packs: { demo: { releases: [{ version: '1.0.0' }] } } });
  const expected = { sha256: sha256Of(artifact), size: artifact.length };
  expect((await bytesOf(source.open(ARTIFACT, expected))).equals(artifact)).toBe(true);
}

describe('a whole registry', () => {
  test('in a directory, however it is named', async () => {
    const files = publishedRegistry();
    const directory = await inDirectory(files);
    for (const location of [directory, `${directory}/`, `${directory}/index.json`, pathToFileURL(directory).href]) {
      const source = await openRegistrySource(location);
      expect(source.location).toBe(directory);
      await expectWhole(source, files);
      const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
      expect(source.transferred).toEqual({ requests: 5, bytes });
      expect(await source.sizeOf(ARTIFACT)).toBe(300_000);
      expect(await source.sizeOf('packs/demo/other')).toBeUndefined();
      await source.close();
    }
  });

  test('below a URL, however it is named', async () => {
    const files = publishedRegistry();
    const { url, requests } = await httpServer(servesFiles(files, '/registry/'));
    for (const location of [`${url}/registry`, `${url}/registry/`, `${url}/registry/index.json`]) {
      const source = await openRegistrySource(location);
      expect(source.location).toBe(`${url}/registry/`);
      await expectWhole(source, files);
      const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
      expect(source.transferred).toEqual({ requests: 5, bytes });
      expect(await source.sizeOf(ARTIFACT)).toBeUndefined();
      await source.close();
    }
    expect(requests).toHaveLength(15);
    expect(requests.filter(({ headers }) => headers['cache-control'] === 'no-cache').map(({ path }) => path)).toEqual(
      Array.from({ length: 3 }, () => '/registry/index.json'),
    );
  });

  test('that an older Packyard published, without sources', async () => {
    const files = publishedRegistry({ index: (index) => delete index['sources'] });
    expect(await (await openRegistrySource(await inDirectory(files))).sources()).toBeUndefined();
  });

  test('with fields that a newer Packyard added', async () => {
    const more = (document: Record<string, unknown>): void => void (document['more'] = { of: ['it'] });
    const files = publishedRegistry({ index: more, pack: more, search: more, sources: more });
    await expectWhole(await openRegistrySource(await inDirectory(files)), files);
  });
});

describe('documents that are kept', () => {
  test('are not fetched again, and what was damaged where they are kept is', async () => {
    const files = publishedRegistry();
    const { url, requests } = await httpServer(servesFiles(files));
    const kept = new Map<string, Uint8Array>();
    const cache: DocumentCache = {
      read: async (sha256) => kept.get(sha256),
      write: async (sha256, bytes) => void kept.set(sha256, bytes),
    };
    const read = async (): Promise<string[]> => {
      const before = requests.length;
      await expectWhole(await openRegistrySource(url, { cache }), files);
      return requests.slice(before).map(({ path }) => path.slice(1));
    };
    expect(await read()).toHaveLength(5);
    expect(await read()).toEqual(['index.json', ARTIFACT]);
    const search = documentPath(files, 'search');
    kept.set(sha256Of(files.get(search) ?? Buffer.alloc(0)), Buffer.from('{}'));
    expect(await read()).toEqual(['index.json', search, ARTIFACT]);
  });
});

describe('what is not as the index says', () => {
  async function failures(change: (files: PublishedFiles) => void): Promise<unknown[]> {
    const files = publishedRegistry();
    const directory = await inDirectory(files);
    const { url } = await httpServer(servesFiles(files));
    const [local, remote] = [await openRegistrySource(directory), await openRegistrySource(url)];
    const artifact = files.get(ARTIFACT) ?? Buffer.alloc(0);
    const expected = { sha256: sha256Of(artifact), size: artifact.length };
    change(files);
    writePublished(files, directory);
    const shown: unknown[] = [];
    for (const [source, base] of [
      [local, `${directory}/`],
      [remote, `${url}/`],
    ] as const) {
      const failure = await failureOf(Promise.all([source.document('demo'), bytesOf(source.open(ARTIFACT, expected))]));
      shown.push(
        JSON.parse(JSON.stringify(failure).replaceAll(base, '<base>/').replaceAll(base.slice(0, -1), '<base>/')),
      );
    }
    expect(shown[0]).toEqual(shown[1]);
    return shown.slice(0, 1);
  }

  test('an artifact with other bytes', async () => {
    const other = Buffer.alloc(300_000, 'another one ');
    expect(await failures((files) => files.set(ARTIFACT, other))).toMatchInlineSnapshot(`
      [
        {
          "code": "registry-damaged",
          "hint": "It was not used. Publish the registry anew, or ask those who do; a proxy may be at fault as well.",
          "message": "<base>/packs/demo/1.0.0/demo-1.0.0.tar.gz has other bytes than were published: their SHA-256 is 1f06b21de8b204e4fede01772c43a68ee6f892c68799892834a3869720ab952f, not 6f1bea33679fd558195150ef337e0fb66211e1cce048c13c0618eba96e62ce65.",
        },
      ]
    `);
  });

  test('an artifact that is shorter', async () => {
    expect(await failures((files) => files.set(ARTIFACT, Buffer.alloc(10)))).toMatchInlineSnapshot(`
      [
        {
          "code": "registry-damaged",
          "hint": "It was not used. Publish the registry anew, or ask those who do; a proxy may be at fault as well.",
          "message": "<base>/packs/demo/1.0.0/demo-1.0.0.tar.gz has 10 of the 300000 bytes that were published.",
        },
      ]
    `);
  });

  test('an artifact that is longer', async () => {
    expect(await failures((files) => files.set(ARTIFACT, Buffer.alloc(300_001)))).toMatchInlineSnapshot(`
      [
        {
          "code": "registry-damaged",
          "hint": "It was not used. Publish the registry anew, or ask those who do; a proxy may be at fault as well.",
          "message": "<base>/packs/demo/1.0.0/demo-1.0.0.tar.gz is larger than the 293 KiB that were published.",
        },
      ]
    `);
  });

  test('a document with other bytes', async () => {
    const change = (files: PublishedFiles): void =>
      void files.set(documentPath(files, 'packs/demo'), Buffer.from('{}'));
    expect(await failures(change)).toMatchInlineSnapshot(`
      [
        {
          "code": "registry-damaged",
          "hint": "It was not used. Publish the registry anew, or ask those who do; a proxy may be at fault as well.",
          "message": "<base>/packs/demo/25830f82aa3d8a09f2ddba0eac550cc6a8fd286ba32a40388cd7b1ef8d5250e4.json has other bytes than were published: their SHA-256 is 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a, not 25830f82aa3d8a09f2ddba0eac550cc6a8fd286ba32a40388cd7b1ef8d5250e4.",
        },
      ]
    `);
  });

  test('another registry that was published meanwhile', async () => {
    const change = (files: PublishedFiles): void => {
      files.set(documentPath(files, 'packs/demo'), Buffer.from('{}'));
      files.set('index.json', publishedRegistry({ serial: 2 }).get('index.json') ?? Buffer.alloc(0));
    };
    expect(await failures(change)).toMatchInlineSnapshot(`
      [
        {
          "code": "registry-changed",
          "hint": "Run the command again.",
          "message": "The registry at <base>/ was published anew while it was read: <base>/packs/demo/25830f82aa3d8a09f2ddba0eac550cc6a8fd286ba32a40388cd7b1ef8d5250e4.json has other bytes than were published: their SHA-256 is 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a, not 25830f82aa3d8a09f2ddba0eac550cc6a8fd286ba32a40388cd7b1ef8d5250e4.",
        },
      ]
    `);
  });

  test('documents that are gone', async () => {
    const files = publishedRegistry();
    const { url } = await httpServer(servesFiles(files));
    const source = await openRegistrySource(url);
    const artifact = { sha256: sha256Of(files.get(ARTIFACT) ?? Buffer.alloc(0)) };
    files.delete(documentPath(files, 'sources'));
    files.delete(ARTIFACT);
    const scrubbed = async (work: Promise<unknown>): Promise<string> =>
      (await failureOf(work)).message.replaceAll(url, '<url>').replaceAll(/[0-9a-f]{64}/gu, '<sha256>');
    expect(await scrubbed(source.sources())).toBe(
      '<url>/sources/<sha256>.json does not exist, though the index leads to it.',
    );
    expect(await scrubbed(bytesOf(source.open(ARTIFACT, artifact)))).toBe(
      `<url>/${ARTIFACT} does not exist, though the index leads to it.`,
    );
    files.set('index.json', publishedRegistry({ serial: 2 }).get('index.json') ?? Buffer.alloc(0));
    expect(await scrubbed(source.sources())).toBe(
      'The registry at <url>/ was published anew while it was read: <url>/sources/<sha256>.json does not exist, though the index leads to it.',
    );
  });

  test('a registry that is gone altogether', async () => {
    const files = publishedRegistry();
    const { url } = await httpServer(servesFiles(files));
    const source = await openRegistrySource(url);
    files.clear();
    expect(await failureOf(source.search())).toMatchObject({ code: 'registry-damaged' });
  });

  test('a document that is too large', async () => {
    const files = publishedRegistry({ search: (search) => (search['more'] = 'x'.repeat(64 * 1_048_576)) });
    const source = await openRegistrySource(await inDirectory(files));
    const { code, message } = await failureOf(source.search());
    expect(code).toBe('registry-invalid');
    expect(message).toMatch(/json is not a catalogue's list of packs: it is larger than 64 MiB\.$/u);
  });

  test('files that are too large', async () => {
    const files = publishedRegistry();
    const directory = await inDirectory(files);
    const { url } = await httpServer(servesFiles(files));
    const sha256 = sha256Of(files.get(ARTIFACT) ?? Buffer.alloc(0));
    for (const location of [directory, url]) {
      const source = await openRegistrySource(location);
      for (const expected of [{ sha256 }, { sha256, size: 300_000 }]) {
        expect(await failureOf(bytesOf(source.open(ARTIFACT, expected, 1024)))).toEqual({
          code: 'registry-invalid',
          message: `${location}/${ARTIFACT} is not read: it is larger than 1 KiB.`,
          hint: 'No registry that Packyard builds holds a file of that size.',
        });
      }
    }
  });
});

test('paths that lead out of a registry are not read', async () => {
  const source = await openRegistrySource(await inDirectory(publishedRegistry()));
  for (const path of ['../x', '/etc/passwd', 'packs/../../x', 'packs//x', 'packs/a\\b', 'CNAME', '.git/config', '']) {
    expect(await failureOf(bytesOf(source.open(path, { sha256: 'a'.repeat(64) })))).toEqual({
      code: 'registry-invalid',
      message: `${JSON.stringify(path)} is no path of a registry.`,
      hint: `It was not read from ${source.location}.`,
    });
  }
});
