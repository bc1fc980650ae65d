import { describe, expect, test } from 'vitest';

import { openRegistrySource } from '../../src/remote/open-registry-source.ts';
import type { RegistrySource } from '../../src/remote/registry-source.ts';
import { httpServer } from '../helpers/http-server.ts';
import { ARTIFACT, documentPath, publishedRegistry, servesFiles } from '../helpers/published-registry.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { HASTY, refused } from './refused.ts';

const files = publishedRegistry();
const artifact = files.get(ARTIFACT) ?? Buffer.alloc(0);
const ARTIFACT_IS = { sha256: sha256Of(artifact), size: artifact.length };

describe('answers that are no success', () => {
  test.each([404, 410])('%d: there is no registry', async (status) => {
    const server = await httpServer((_, response) => response.writeHead(status).end('<html>'));
    expect(await refused(server)).toEqual({
      code: 'registry-not-found',
      message: 'There is no registry at <url>/: <url>/index.json does not exist.',
      hint: 'Name the address of the folder that holds index.json.',
    });
    expect(server.requests).toHaveLength(1);
  });

  test('401 without a login, and with one', async () => {
    const server = await httpServer((_, response) => response.writeHead(401).end());
    expect(await refused(server)).toMatchInlineSnapshot(`
      {
        "code": "registry-denied",
        "hint": "Put the login into the address: https://USER:PASSWORD@HOST/.",
        "message": "<url>/index.json wants a login (401 Unauthorized).",
      }
    `);
    const options = { headers: { authorization: 'Bearer secret' } };
    expect(await refused(server, options)).toMatchInlineSnapshot(`
      {
        "code": "registry-denied",
        "hint": "Check the user name and password, or token, and that it has not expired.",
        "message": "<url>/index.json refuses the login (401 Unauthorized).",
      }
    `);
    expect(server.requests).toHaveLength(2);
  });

  test('403', async () => {
    const server = await httpServer((_, response) => response.writeHead(403).end());
    expect(await refused(server)).toMatchInlineSnapshot(`
      {
        "code": "registry-denied",
        "hint": "Check the address and what the login gives access to; some hosts answer so where there is no such file.",
        "message": "<url>/index.json may not be read (403 Forbidden).",
      }
    `);
    expect(server.requests).toHaveLength(1);
  });

  test.each([400, 418, 501, 206, 304, 299])('%d is not tried again', async (status) => {
    const server = await httpServer((_, response) => response.writeHead(status).end());
    expect(await refused(server)).toMatchObject({
      code: 'registry-unreachable',
      message: expect.stringMatching(
        new RegExp(`^<url>/index.json cannot be read: the host answers ${status}( [\\w' ]+)?\\.$`, 'u'),
      ) as string,
      hint: 'Check that the address is that of a registry.',
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each([408, 425, 429, 500, 502, 503, 504])('%d is tried four times', async (status) => {
    const server = await httpServer((_, response) => response.writeHead(status).end('later'));
    expect(await refused(server)).toMatchObject({
      code: 'registry-unreachable',
      message: expect.stringMatching(
        new RegExp(
          `^<url>/index.json cannot be read now: the host answers ${status} [\\w ]+, in each of 4 tries\\.$`,
          'u',
        ),
      ) as string,
      hint: 'Try again later.',
    });
    expect(server.requests).toHaveLength(4);
  });

  test('one that passes is forgotten', async () => {
    const serve = servesFiles(files);
    let answers = 0;
    const server = await httpServer((request, response) => {
      answers += 1;
      if (answers % 4 === 0) serve(request, response);
      else response.writeHead(503, { 'retry-after': '0' }).end();
    });
    const source = await openRegistrySource(server.url, HASTY);
    expect(await source.search()).toMatchObject({ packs: [{ name: 'demo' }] });
    expect(source.transferred.requests).toBe(8);
  });

  test('a wait that is too long is not begun', async () => {
    const server = await httpServer((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    expect(await refused(server)).toMatchInlineSnapshot(`
      {
        "code": "registry-unreachable",
        "hint": "Try again later.",
        "message": "<url>/index.json cannot be read now: the host answers 429 Too Many Requests, and asks to wait for 60 minutes.",
      }
    `);
    const dated = await httpServer((_, response) =>
      response.writeHead(503, { 'retry-after': 'Fri, 31 Dec 2199 23:59:59 GMT' }).end(),
    );
    expect(await refused(dated)).toMatchObject({
      message: expect.stringMatching(/503 Service Unavailable, and asks to wait for \d+ days\.$/u) as string,
    });
    expect([server.requests.length, dated.requests.length]).toEqual([1, 1]);
  });

  test.each(['soon', '-5', '', 'Thu, 01 Jan 1970 00:00:00 GMT'])('a wait of %j is none', async (wait) => {
    const server = await httpServer((_, response) => response.writeHead(503, { 'retry-after': wait }).end());
    await refused(server);
    expect(server.requests).toHaveLength(4);
  });
});

test('an index that says how large it is', async () => {
  const server = await httpServer((_, response) => {
    response.writeHead(200, { 'content-length': 10 ** 12 }).write('{');
  });
  expect(await refused(server)).toMatchObject({
    code: 'registry-invalid',
    message: "<url>/index.json is not a registry's index: it is larger than 64 MiB.",
  });
});

test('so many requests at once, and no more', async () => {
  let now = 0;
  let most = 0;
  const serve = servesFiles(files);
  const server = await httpServer((request, response) => {
    now += 1;
    most = Math.max(most, now);
    setTimeout(() => {
      now -= 1;
      serve(request, response);
    }, 10);
  });
  const source = await openRegistrySource(server.url, { ...HASTY, width: 3 });
  await Promise.all(Array.from({ length: 20 }, () => source.document('demo')));
  expect(most).toBe(3);
});

test('a file whose rest nobody wants gives its place back', async () => {
  const server = await httpServer(servesFiles(files));
  const source = await openRegistrySource(server.url, { ...HASTY, width: 1 });
  for await (const chunk of source.open(ARTIFACT, ARTIFACT_IS)) {
    expect(chunk.byteLength).toBeGreaterThan(0);
    break;
  }
  expect(await source.document('demo')).toBeDefined();
});

describe('what is ended', () => {
  test('before it begins, by its signal', async () => {
    const server = await httpServer(servesFiles(files));
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(openRegistrySource(server.url, { ...HASTY, signal })).rejects.toThrow('enough');
    expect(server.requests).toHaveLength(0);
  });

  test('while it waits, by its signal', async () => {
    const stop = new AbortController();
    const server = await httpServer(() => stop.abort(new Error('enough')));
    await expect(openRegistrySource(server.url, { signal: stop.signal })).rejects.toThrow('enough');
    expect(server.requests).toHaveLength(1);
  });

  test('while it waits for another try, by its signal', async () => {
    const stop = new AbortController();
    const server = await httpServer((_, response) => {
      response.writeHead(503, { 'retry-after': '20' }).end(() => setTimeout(() => stop.abort(new Error('enough')), 20));
    });
    await expect(openRegistrySource(server.url, { signal: stop.signal })).rejects.toThrow('enough');
  });

  test('while bytes come, by closing', async () => {
    const serve = servesFiles(files);
    const server = await httpServer((request, response) => {
      if (request.url !== `/${ARTIFACT}`) serve(request, response);
      else response.writeHead(200).write(artifact.subarray(0, 100_000));
    });
    const source = await openRegistrySource(server.url, HASTY);
    const read = async (): Promise<void> => {
      for await (const chunk of source.open(ARTIFACT, ARTIFACT_IS)) if (chunk.byteLength > 0) await source.close();
    };
    await expect(read()).rejects.toThrow('The registry was closed.');
    await expect(source.search()).rejects.toThrow('The registry was closed.');
  });
});

test('documents of an earlier state stay readable', async () => {
  const current = new Map(files);
  const server = await httpServer(servesFiles(current));
  const source: RegistrySource = await openRegistrySource(server.url, HASTY);
  for (const [path, bytes] of publishedRegistry({ serial: 2 })) current.set(path, bytes);
  expect(current.has(documentPath(files, 'packs/demo'))).toBe(true);
  expect(await source.document('demo')).toBeDefined();
  expect(source.index.serial).toBe(1);
});
