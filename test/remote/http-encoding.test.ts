import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { openRegistrySource } from '../../src/remote/open-registry-source.ts';
import { httpServer } from '../helpers/http-server.ts';
import { ARTIFACT, publishedRegistry, servesFiles } from '../helpers/published-registry.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { bytesOf } from './bytes-of.ts';
import { HASTY, refused } from './refused.ts';

const files = publishedRegistry();
const artifact = files.get(ARTIFACT) ?? Buffer.alloc(0);
const ARTIFACT_IS = { sha256: sha256Of(artifact), size: artifact.length };

describe('answers that are encoded', () => {
  test('documents may be', async () => {
    const server = await httpServer((request, response) => {
      const bytes = files.get((request.url ?? '').slice(1));
      expect(request.headers['accept-encoding']).toMatch(/gzip/u);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bytes ?? ''));
    });
    const source = await openRegistrySource(server.url, HASTY);
    expect(await source.search()).toMatchObject({ packs: [{ name: 'demo' }] });
  });

  test('files may be, but were not asked for so', async () => {
    const serve = servesFiles(files);
    const server = await httpServer((request, response) => {
      if (request.url !== `/${ARTIFACT}`) return serve(request, response);
      expect(request.headers['accept-encoding']).toBe('identity');
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(artifact));
    });
    const source = await openRegistrySource(server.url, HASTY);
    expect((await bytesOf(source.open(ARTIFACT, ARTIFACT_IS))).equals(artifact)).toBe(true);
  });

  test('an archive that the host calls encoded', async () => {
    const archive = gzipSync(Buffer.alloc(50_000, 'a tar '));
    const packed = publishedRegistry({ artifact: archive });
    const serve = servesFiles(packed);
    const server = await httpServer((request, response) => {
      if (request.url === `/${ARTIFACT}`) response.setHeader('content-encoding', 'x-gzip');
      serve(request, response);
    });
    const source = await openRegistrySource(server.url, HASTY);
    const expected = { sha256: sha256Of(archive), size: archive.length };
    const failure = await failureOf(bytesOf(source.open(ARTIFACT, expected)));
    expect({ ...failure, message: failure.message.replace(server.url, '<url>') }).toMatchInlineSnapshot(`
      {
        "code": "registry-damaged",
        "hint": "The host sends it with a Content-Encoding, so that it was unpacked on its way: let it serve archives as they are.",
        "message": "<url>/packs/demo/1.0.0/demo-1.0.0.tar.gz is larger than the 115 bytes that were published.",
      }
    `);
  });

  test('a bomb is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1_048_576));
    expect(bomb.length).toBeLessThan(100_000);
    const server = await httpServer((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(await refused(server, { patience: 30_000 })).toMatchInlineSnapshot(`
      {
        "code": "registry-invalid",
        "hint": "Check the address; if it is right, the registry must be published anew.",
        "message": "<url>/index.json is not a registry's index: it is larger than 64 MiB.",
      }
    `);
    expect(server.requests).toHaveLength(1);
  });

  test('one that is no gzip', async () => {
    const server = await httpServer((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}'));
    expect(await refused(server)).toMatchInlineSnapshot(`
      {
        "code": "registry-unreachable",
        "hint": "Try again; if it stays so, the host or a proxy before it is broken.",
        "message": "<url>/index.json was not received whole: its compressed form is damaged (Z_DATA_ERROR), in each of 4 tries.",
      }
    `);
  });

  test('one that is not known', async () => {
    const server = await httpServer((_, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end('{}'));
    expect(await refused(server)).toMatchInlineSnapshot(`
      {
        "code": "registry-invalid",
        "hint": "Let the host choose among what Accept-Encoding names.",
        "message": "<url>/index.json is sent in an encoding that was not asked for (zstd).",
      }
    `);
  });
});
