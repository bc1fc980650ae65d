import { expect, test } from 'vitest';

import { PROBES } from '../../../src/publish/doctor/doctor-report.ts';
import { doctor } from '../../../src/publish/doctor/doctor.ts';
import { ARCHIVE, INDEX, looked, NOW, said, where } from '../../helpers/doctor-cases.ts';
import { doctorHost } from '../../helpers/doctor-host.ts';

test('a host that does everything right', async () => {
  const { url } = await doctorHost();
  const report = await doctor(url, { now: NOW });
  expect(said(report.results)).toEqual([]);
  expect([...new Set(report.results.map(({ probe }) => probe))]).toEqual([...PROBES]);
  expect(report).toMatchObject({
    location: `${url}/`,
    host: 'unknown',
    serial: 1,
    packs: 2,
    sampled: ['web', 'data'],
    ok: true,
  });
  expect(report.requests).toBeGreaterThan(20);
});

test('no registry', async () => {
  const { url, files } = await doctorHost();
  files.delete('index.json');
  const report = await doctor(url);
  expect(report.ok).toBe(false);
  expect(report.sampled).toEqual([]);
  expect(said(report.results)).toEqual([
    `failure registry -: ${url}/index.json answers 404 → Check the address, and that a registry was published there: \`packyard publish\`.`,
  ]);
});

test('a host that lets nobody read', async () => {
  const seen = await Promise.all(
    [401, 403].map((status) => looked({ change: (_path, reply) => void (reply.status = status) })),
  );
  expect(seen.flatMap(said).map((line) => line.replace(/http:\S+\d\//u, ''))).toEqual([
    'failure registry -: index.json answers 401 → Log in with `packyard login`, or let everybody read.',
    'failure registry -: index.json answers 403 → Log in with `packyard login`, or let everybody read.',
  ]);
});

test('a host that gives an index without end', async () => {
  const results = await looked({
    change: (_path, _reply, _request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(1_000_000, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
      return true;
    },
  });
  expect(said(results).map((line) => line.replace(/http:\S+\d\//u, ''))).toEqual([
    'failure registry -: index.json is larger than any index may be (64 MiB) → Check the address, and that a registry was published there: `packyard publish`.',
  ]);
});

test('a host that answers with something else', async () => {
  const page = where(INDEX, (reply) => {
    reply.body = Buffer.from('<!doctype html>');
    reply.headers['content-length'] = undefined;
  });
  expect(said(await looked(page))).toEqual([
    expect.stringMatching(
      /^failure registry -: http:\S+\/index\.json is a web page, not a registry's index → Check the address\. A login page/u,
    ),
  ]);
});

test('a host that never answers', async () => {
  const silent = { change: () => true };
  expect(said(await looked(silent, { patience: 20 }))).toEqual([
    expect.stringMatching(
      /^failure registry -: http:\S+\/index\.json does not answer within 0\.02 s, in each of 2 tries → Check the address/u,
    ),
  ]);
});

test('a host that gives an archive without end', async () => {
  const results = await looked({
    change: (path, reply, { method }, response) => {
      if (!ARCHIVE.test(path) || reply.status !== 200 || method !== 'GET') return false;
      response.writeHead(200);
      const more = (): void => {
        if (response.destroyed) return;
        while (response.write(Buffer.alloc(65_536))) continue;
        response.once('drain', more);
      };
      more();
      return true;
    },
  });
  expect(said(results)).toContainEqual(
    expect.stringMatching(/^failure integrity packs\/web\S+: more than the 126 bytes that it may have → /u),
  );
});

test('a host that is gone', async () => {
  const { results, host } = await doctor('http://127.0.0.1:9');
  expect(host).toBe('unknown');
  expect(results).toMatchObject([{ probe: 'registry', state: 'failure' }]);
});

test('a host that fails now and then is asked again', async () => {
  let failures = 0;
  const results = await looked({
    change: (path, reply) => void (ARCHIVE.test(path) && failures++ < 1 && (reply.status = 503)),
  });
  expect(said(results)).toEqual([]);
});

test('a host that fails at one thing is looked at all the same', async () => {
  const results = await looked({
    change: (path, _reply, _request, response) => ARCHIVE.test(path) && response.destroy() !== undefined,
  });
  const failed = said(results);
  expect(failed).toContainEqual(
    expect.stringMatching(
      /^failure range -: http:\S+\.tar\.gz cannot be reached: the connection broke off \(UND_ERR_SOCKET\), in each of 2 tries → /u,
    ),
  );
  expect(results.filter(({ probe }) => probe === 'cors')).toHaveLength(1);
  expect(results.at(-1)).toMatchObject({ probe: 'security-headers', state: 'pass' });
});

test('a folder is no host', async () => {
  await expect(doctor('/srv/registry')).rejects.toMatchObject({
    code: 'usage',
    message: '/srv/registry is a folder, and no live host.',
    hint: 'Name the address of the registry; `packyard verify` looks at folders.',
  });
});

test('it stops when it is told to', async () => {
  const { url } = await doctorHost();
  const controller = new AbortController();
  const run = doctor(url, {
    signal: controller.signal,
    onProbe: (probe) => probe === 'cors' && controller.abort(new Error('enough')),
  });
  await expect(run).rejects.toThrow('enough');
});

test('credentials go to the host and into nothing that is printed', async () => {
  const { url, requests } = await doctorHost();
  const report = await doctor(url.replace('://', '://me:secret@'), { now: NOW });
  expect(requests.every(({ headers }) => headers.authorization === 'Basic bWU6c2VjcmV0')).toBe(true);
  expect(JSON.stringify(report)).not.toContain('secret');
});
