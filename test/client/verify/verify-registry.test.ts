import type { RequestListener } from 'node:http';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { VerifyProgress } from '../../../src/client/verify/verify-progress.ts';
import { verifyRegistry, type VerifyRegistryOptions } from '../../../src/client/verify/verify-registry.ts';
import { httpServer, type TestServer } from '../../helpers/http-server.ts';
import { servesFiles } from '../../helpers/published-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import { builtRegistry, editPack, flipped, indexIn, packIn, written, type RegistryTree } from './built-registry.ts';
import { HASTY, serving } from './served-registry.ts';

const ARTIFACT = 'packs/beta/1.0.0/beta-1.0.0.tar.gz';
async function sentences(server: TestServer, options: VerifyRegistryOptions = {}): Promise<string[]> {
  const { findings } = await verifyRegistry(server.url, { ...HASTY, ...options });
  return findings.map(({ kind, path, message }) => `${kind}: ${path} ${message}`.replaceAll(server.url, '<url>'));
}

describe('of a host', () => {
  test('a sound one gives no finding, and every file is asked for once', async () => {
    const files = await builtRegistry();
    const server = await serving(files);
    const result = await verifyRegistry(server.url, HASTY);
    expect(result).toMatchObject({ ok: true, findings: [], files: files.size, packs: 2, releases: 4 });
    expect(result.location).toBe(`${server.url}/`);
    expect(server.requests.map(({ path }) => path.slice(1)).toSorted()).toEqual([...files.keys()].toSorted());
  });

  test.each<[string, RequestListener, string]>([
    [
      '404',
      (_request, response) => response.writeHead(404).end(),
      'missing: <path> does not exist, though a document leads to it',
    ],
    [
      '500',
      (_request, response) => response.writeHead(500).end(),
      'unreadable: <path> cannot be read now: the host answers 500 Internal Server Error, in each of 2 tries',
    ],
    [
      '403',
      (_request, response) => response.writeHead(403).end(),
      'unreadable: <path> may not be read (403 Forbidden)',
    ],
    [
      'a reset in the middle',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('beginning');
        setTimeout(() => response.destroy(), 20);
      },
      'unreadable: <path> was not received whole: after 9 bytes the connection broke off (UND_ERR_SOCKET), in each of 2 tries',
    ],
    [
      'a page that is larger',
      (_request, response) => response.end(`<!DOCTYPE html>${' '.repeat(100_000)}`),
      'size: <path> is larger than the <size> bytes that were published',
    ],
    [
      'a shorter file',
      (_request, response) => response.end('short'),
      'size: <path> has 5 of the <size> bytes that were published',
    ],
  ])('%s for one file is a finding, and the rest is verified', async (_name, answer, expected) => {
    const files = await builtRegistry();
    const size = files.get(ARTIFACT)?.length ?? 0;
    const found = await sentences(await serving(files, { [ARTIFACT]: answer }));
    expect(found).toEqual([expected.replace('<path>', ARTIFACT).replace('<size>', String(size))]);
  });

  test('a web page of the right size is said to be one', async () => {
    const files = await builtRegistry();
    files.set(ARTIFACT, Buffer.from('<!doctype html>'.padEnd(files.get(ARTIFACT)?.length ?? 0)));
    expect(await sentences(await serving(files))).toEqual([
      expect.stringMatching(/^hash: .* their SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64}; what is there is a web page$/u),
    ]);
  });

  test('a page for the copy of a document is a stale copy, and one for both is two findings', async () => {
    const files = await builtRegistry();
    const path = indexIn(files).packs['beta']?.document.path ?? '';
    const page: RequestListener = (_request, response) => response.end('<html></html>');
    const kinds = async (...paths: string[]): Promise<string[]> =>
      (await sentences(await serving(files, Object.fromEntries(paths.map((each) => [each, page]))))).map(
        (text) => text.split(':')[0] ?? '',
      );
    expect(await kinds('packs/beta/index.json')).toEqual(['stale-copy']);
    expect(await kinds('packs/beta/index.json', path)).toEqual(['hash', 'stale-copy']);
  });

  test('one that gives nothing any more is given up', async () => {
    const files = await builtRegistry();
    const down: RequestListener = (_request, response) => response.writeHead(503).end();
    const lost = [...files.keys()].filter((path) => /^logos\/|^packs\/[^/]+\/[^/]+\//u.test(path));
    const server = await serving(files, Object.fromEntries(lost.map((path) => [path, down])));
    const { code, message } = await failureOf(verifyRegistry(server.url, HASTY));
    expect(code).toBe('registry-unreachable');
    expect(message).toContain('cannot be read now: the host answers 503 Service Unavailable');
  });

  test.each<[string, RequestListener, string]>([
    ['a login page', (_request, response) => response.end('<html>log in</html>'), 'registry-invalid'],
    ['nothing', (_request, response) => response.writeHead(404).end(), 'registry-not-found'],
    ['a login', (_request, response) => response.writeHead(401).end(), 'registry-denied'],
    [
      'another format',
      (_request, response) => response.end('{"format":"packyard-index/2","packs":{}}'),
      'registry-invalid',
    ],
    ['other JSON', (_request, response) => response.end('[1, 2]'), 'registry-invalid'],
  ])('%s for the index is no registry', async (_name, answer, code) => {
    const server = await serving(await builtRegistry(), { 'index.json': answer });
    expect((await failureOf(verifyRegistry(server.url, HASTY))).code).toBe(code);
  });

  test('credentials are sent, and in no result', async () => {
    const files = await builtRegistry();
    const server = await httpServer((request, response) => {
      if (request.headers.authorization !== 'Bearer secret') response.writeHead(401).end();
      else servesFiles(files)(request, response);
    });
    const result = await verifyRegistry(server.url, { ...HASTY, headers: { authorization: 'Bearer secret' } });
    expect(result.ok).toBe(true);
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});

describe('a registry that is published anew meanwhile', () => {
  /** Another state of the registry: the pack's document has another hash, and the old one is gone. */
  const next = (files: RegistryTree, text: string): RegistryTree => {
    const other = new Map(files);
    editPack(other, 'beta', ({ releases }) => (releases[0].annotations = { note: text }));
    return other;
  };

  test('is verified again, once', async () => {
    const files = await builtRegistry();
    const [before, after] = [servesFiles(files), servesFiles(next(files, 'new'))];
    let asked = 0;
    const server = await httpServer((request, response) => {
      asked += 1;
      (asked === 1 ? before : after)(request, response);
    });
    expect(await verifyRegistry(server.url, HASTY)).toMatchObject({ ok: true, findings: [] });
  });

  test('is given up when that goes on', async () => {
    const files = await builtRegistry();
    let states = 0;
    const server = await httpServer((request, response) => {
      if (request.url === '/index.json') states += 1;
      const isIndex = request.url === '/index.json';
      servesFiles(next(files, `state ${isIndex ? states : 0}`))(request, response);
    });
    const { code, message } = await failureOf(verifyRegistry(server.url, HASTY));
    expect(code).toBe('registry-changed');
    expect(message).toBe(`The registry at ${server.url}/ was published anew again and again while it was verified.`);
  });
});

describe('less of it', () => {
  test('documents only: nothing else is asked for', async () => {
    const files = await builtRegistry();
    files.set(ARTIFACT, Buffer.from('damaged'));
    const server = await serving(files);
    expect(await verifyRegistry(server.url, { ...HASTY, shallow: true })).toMatchObject({ ok: true, releases: 4 });
    expect(server.requests.filter(({ path }) => /tar\.gz|logos|values\.yaml/u.test(path))).toEqual([]);
  });

  test('documents only, in a folder: it is looked whether the rest is there', async () => {
    const files = await builtRegistry();
    files.set(ARTIFACT, Buffer.from('damaged'));
    files.delete('packs/alpha/1.0.0/values.yaml');
    const folder = await written(files);
    const { findings } = await verifyRegistry(folder, { cache: false, shallow: true });
    const size = packIn(files, 'beta').releases[0]?.artifact.size;
    expect(findings.map(({ path, message }) => `${path} ${message}`)).toEqual([
      'packs/alpha/1.0.0/values.yaml does not exist, though a document leads to it',
      `${ARTIFACT} has 7 bytes, not the ${size} that were published`,
    ]);
  });

  test('some packs', async () => {
    const files = await builtRegistry();
    files.set(ARTIFACT, flipped(files.get(ARTIFACT) ?? Buffer.alloc(0)));
    files.set('packs/gone/index.json', Buffer.from('{}'));
    const folder = await written(files);
    expect(await verifyRegistry(folder, { cache: false, packs: ['alpha', 'alpha'] })).toMatchObject({
      ok: true,
      packs: 1,
      releases: 3,
    });
    expect(await verifyRegistry(folder, { cache: false, packs: ['beta'] })).toMatchObject({ ok: false, packs: 1 });
    const { code, hint } = await failureOf(verifyRegistry(folder, { cache: false, packs: ['betta'] }));
    expect({ code, hint }).toEqual({ code: 'unknown-pack', hint: 'Did you mean beta?' });
  });
});

test('progress counts releases up to all of them', async () => {
  const seen: VerifyProgress[] = [];
  await verifyRegistry(await written(await builtRegistry()), {
    cache: false,
    width: 1,
    onProgress: (progress) => seen.push(progress),
  });
  expect(seen.map(({ done, total, label }) => `${done}/${total} ${label}`)).toEqual(['3/4 alpha', '4/4 beta']);
});

test('a signal that was given before ends it', async () => {
  const folder = await written(await builtRegistry());
  const work = verifyRegistry(folder, { cache: false, signal: AbortSignal.abort(new Error('no')) });
  await expect(work).rejects.toThrow('no');
});

test('a folder that is none, and one without an index', async () => {
  const folder = await scratch();
  expect((await failureOf(verifyRegistry(join(folder, 'none'), { cache: false }))).code).toBe('registry-not-found');
  expect((await failureOf(verifyRegistry(folder, { cache: false }))).code).toBe('registry-not-found');
});
