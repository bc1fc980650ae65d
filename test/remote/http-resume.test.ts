import { describe, expect, test } from 'vitest';

import { openRegistrySource } from '../../src/remote/open-registry-source.ts';
import { httpServer, type TestServer } from '../helpers/http-server.ts';
import { ARTIFACT, publishedRegistry, servesFiles } from '../helpers/published-registry.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { bytesOf } from './bytes-of.ts';
import { HASTY } from './refused.ts';

const files = publishedRegistry();
const artifact = files.get(ARTIFACT) ?? Buffer.alloc(0);
const ARTIFACT_IS = { sha256: sha256Of(artifact), size: artifact.length };

describe('a file that is cut in the middle', () => {
  /** Closes the connection after so many bytes of each answer for the artifact, but the last. */
  async function cutting(cuts: readonly number[], withTag: boolean): Promise<TestServer> {
    const left = [...cuts];
    const serve = servesFiles(files);
    return httpServer((request, response) => {
      if (request.url !== `/${ARTIFACT}` || left.length === 0) return serve(request, response);
      const range = /^bytes=(\d+)-$/u.exec(request.headers.range ?? '');
      const from = Number(range?.[1] ?? 0);
      response.writeHead(range === null ? 200 : 206, {
        ...(withTag && { etag: `"${ARTIFACT_IS.sha256}"` }),
        ...(range !== null && { 'content-range': `bytes ${from}-${artifact.length - 1}/${artifact.length}` }),
        'content-length': artifact.length - from,
      });
      response.write(artifact.subarray(from, from + (left.shift() ?? 0)), () => response.destroy());
      return undefined;
    });
  }

  test('goes on where it stopped', async () => {
    const server = await cutting([1000, 2000, 3000], true);
    const source = await openRegistrySource(server.url, HASTY);
    expect((await bytesOf(source.open(ARTIFACT, ARTIFACT_IS))).equals(artifact)).toBe(true);
    const ranges = server.requests.slice(1).map(({ headers }) => headers.range);
    expect(ranges).toHaveLength(4);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.slice(1).every((range) => /^bytes=[1-6]000-$/u.test(range ?? ''))).toBe(true);
  });

  test('is asked for anew where the host gives it no name', async () => {
    const server = await cutting([1000, 500], false);
    const source = await openRegistrySource(server.url, HASTY);
    expect((await bytesOf(source.open(ARTIFACT, ARTIFACT_IS))).equals(artifact)).toBe(true);
    expect(server.requests.map(({ headers }) => headers.range)).toEqual(Array.from({ length: 4 }, () => undefined));
  });

  test('again and again', async () => {
    const server = await cutting([1000, 0, 0, 0], true);
    const source = await openRegistrySource(server.url, HASTY);
    const { code, message } = await failureOf(bytesOf(source.open(ARTIFACT, ARTIFACT_IS)));
    expect(code).toBe('registry-unreachable');
    expect(message.replace(server.url, '<url>')).toMatch(
      /^<url>\/packs\/demo\/1.0.0\/demo-1.0.0.tar.gz was not received whole: after 0 bytes the connection broke off \(\w+\), in each of 4 tries\.$/u,
    );
    expect(server.requests).toHaveLength(5);
  });

  test('and is another one afterwards', async () => {
    const other = Buffer.alloc(artifact.length, 'another one ');
    let answers = 0;
    const serve = servesFiles(files);
    const server = await httpServer((request, response) => {
      if (request.url !== `/${ARTIFACT}`) return serve(request, response);
      answers += 1;
      if (answers > 1) return servesFiles(new Map([[ARTIFACT, other]]))(request, response);
      response.writeHead(200, { etag: '"first"', 'content-length': artifact.length });
      return response.write(artifact.subarray(0, 1000), () => response.destroy());
    });
    const source = await openRegistrySource(server.url, HASTY);
    expect(await failureOf(bytesOf(source.open(ARTIFACT, ARTIFACT_IS)))).toMatchObject({ code: 'registry-damaged' });
  });

  test.each([
    ['ends where it stopped', 416, {}],
    ['goes on too far behind', 206, { 'content-range': 'bytes 5000-299999/300000' }],
    ['does not say where it goes on', 206, {}],
  ])('and then %s', async (_, status, headers) => {
    const serve = servesFiles(files);
    let answers = 0;
    const server = await httpServer((request, response) => {
      if (request.url !== `/${ARTIFACT}`) return serve(request, response);
      answers += 1;
      if (answers > 1) return response.writeHead(status, headers).end('x');
      response.writeHead(200, { etag: '"first"', 'content-length': artifact.length });
      return response.write(artifact.subarray(0, 1000), () => response.destroy());
    });
    const source = await openRegistrySource(server.url, HASTY);
    const { code, message } = await failureOf(bytesOf(source.open(ARTIFACT, ARTIFACT_IS)));
    expect([code, message.slice(server.url.length)]).toEqual(
      status === 416
        ? ['registry-damaged', `/${ARTIFACT} has 1000 of the 300000 bytes that were published.`]
        : ['registry-unreachable', `/${ARTIFACT} is sent in parts that do not fit together, in each of 4 tries.`],
    );
  });
});
