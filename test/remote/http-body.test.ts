import { describe, expect, test } from 'vitest';

import { openRegistrySource } from '../../src/remote/open-registry-source.ts';
import { httpServer } from '../helpers/http-server.ts';
import { ARTIFACT, publishedRegistry, servesFiles } from '../helpers/published-registry.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { HASTY, refused } from './refused.ts';

const files = publishedRegistry();
const artifact = files.get(ARTIFACT) ?? Buffer.alloc(0);
const ARTIFACT_IS = { sha256: sha256Of(artifact), size: artifact.length };

describe('answers that do not come whole', () => {
  test('a connection that is closed before it answers', async () => {
    const server = await httpServer((request) => request.socket.destroy());
    expect(await refused(server)).toMatchInlineSnapshot(`
      {
        "code": "registry-unreachable",
        "hint": "Try again later.",
        "message": "<url>/index.json cannot be reached: the connection broke off (UND_ERR_SOCKET), in each of 4 tries.",
      }
    `);
    expect(server.requests).toHaveLength(4);
  });

  test('an index that is cut in the middle is begun anew', async () => {
    let answers = 0;
    const index = files.get('index.json') ?? Buffer.alloc(0);
    const server = await httpServer((_, response) => {
      answers += 1;
      response.writeHead(200, { 'content-length': index.length, etag: '"same"' });
      if (answers === 4) response.end(index);
      else response.write(index.subarray(0, 100), () => response.destroy());
    });
    expect((await openRegistrySource(server.url, HASTY)).indexSha256).toBe(sha256Of(index));
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('an index that is always cut in the middle', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('x'.repeat(100), () => response.destroy());
    });
    expect(await refused(server)).toMatchInlineSnapshot(`
      {
        "code": "registry-unreachable",
        "hint": "Try again later.",
        "message": "<url>/index.json was not received whole: after 100 bytes the connection broke off (UND_ERR_SOCKET), in each of 4 tries.",
      }
    `);
    expect(server.requests).toHaveLength(4);
  });

  test('nobody answers', async () => {
    const server = await httpServer(() => undefined);
    expect(await refused(server, { patience: 40 })).toMatchInlineSnapshot(`
      {
        "code": "registry-unreachable",
        "hint": "Check the address and the network, or try again later.",
        "message": "<url>/index.json does not answer within 0.04 s, in each of 4 tries.",
      }
    `);
    expect(server.requests).toHaveLength(4);
  });

  test('an answer that stalls', async () => {
    const server = await httpServer((_, response) => void response.writeHead(200).write('{"format":'));
    expect(await refused(server, { patience: 40 })).toMatchInlineSnapshot(`
      {
        "code": "registry-unreachable",
        "hint": "Check the network, or try again later.",
        "message": "<url>/index.json was not received whole: after 10 bytes hardly any came for 0.04 s, in each of 4 tries.",
      }
    `);
    expect(server.requests).toHaveLength(4);
  });

  test('an answer that drips', async () => {
    const server = await httpServer((request, response) => {
      const drip = setInterval(() => response.write(' '), 5);
      request.socket.on('close', () => clearInterval(drip));
    });
    expect(await refused(server, { patience: 60 })).toMatchObject({
      code: 'registry-unreachable',
      message: expect.stringMatching(
        /^<url>\/index.json was not received whole: after \d+ bytes hardly any came for 0.06 s, in each of 4 tries\.$/u,
      ) as string,
    });
    expect(server.requests).toHaveLength(4);
  });

  test('one who takes the bytes slowly is no stalled host', async () => {
    const server = await httpServer(servesFiles(files));
    const source = await openRegistrySource(server.url, { ...HASTY, patience: 150 });
    let total = 0;
    for await (const chunk of source.open(ARTIFACT, ARTIFACT_IS)) {
      if (total === 0) await new Promise((resolve) => setTimeout(resolve, 400));
      total += chunk.byteLength;
    }
    expect(total).toBe(artifact.length);
  });
});

test('one that is slow but steady goes on for as long as it takes', async () => {
  const server = await httpServer((request, response) => {
    if (request.url !== `/${ARTIFACT}`) return servesFiles(files)(request, response);
    let sent = 0;
    const drip = setInterval(() => {
      response.write(artifact.subarray(sent, sent + 20_000));
      sent += 20_000;
      if (sent < artifact.length) return;
      clearInterval(drip);
      response.end();
    }, 20);
    return undefined;
  });
  const source = await openRegistrySource(server.url, { ...HASTY, patience: 100 });
  let total = 0;
  for await (const chunk of source.open(ARTIFACT, ARTIFACT_IS)) total += chunk.byteLength;
  expect(total).toBe(artifact.length);
  expect(server.requests).toHaveLength(2);
});
