import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { runCommand, useDemoRegistry } from '../helpers/demo-registry.ts';
import { doctorHost } from '../helpers/doctor-host.ts';
import { ARCHIVE, INDEX, where } from '../helpers/doctor-cases.ts';

useDemoRegistry();

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-07-03T16:53:28Z') }));
afterEach(() => void vi.useRealTimers());

function scrubbed(text: string, url: string): string {
  return text
    .replaceAll(url, 'http://host')
    .replace(/ETag "[0-9a-f]{20}"/gu, 'ETag "…"')
    .replace(/[0-9a-f]{12}…/gu, '<hash>…');
}

test('a host with which all is well', async () => {
  const { url } = await doctorHost();
  const { status, out, err } = await runCommand(['doctor', url]);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(scrubbed(out, url)).toMatchSnapshot();
});

test('warnings and failures, in colour', async () => {
  const { url } = await doctorHost({
    change: (path, reply) => {
      if (path.endsWith('.json')) reply.headers['x-content-type-options'] = undefined;
      if (ARCHIVE.test(path)) reply.headers['cache-control'] = 'no-store';
      if (INDEX.test(path)) reply.headers['content-type'] = 'text/html';
      reply.headers['server'] = 'nginx/1.24.0';
    },
  });
  const { status, out } = await runCommand(['doctor', url], { colour: true });
  expect(status).toBe(1);
  const bad = out.split('\n').filter((line) => !line.includes('pass  '));
  expect(scrubbed(bad.join('\n'), url)).toMatchSnapshot();
});

test('--quiet prints failures only', async () => {
  const { url } = await doctorHost(where(INDEX, ({ headers }) => (headers['content-type'] = 'text/html')));
  const { status, out, err } = await runCommand(['doctor', url, '--quiet']);
  expect({ status, out, err }).toEqual({
    status: 1,
    out: 'failure  media-types       index.json: Content-Type text/html, not application/json\n                           → Tell the host the media type of this file ending.\n',
    err: '',
  });
});

test('--json', async () => {
  const { url } = await doctorHost();
  const { status, out } = await runCommand(['doctor', url, '--json', '--sample', '0']);
  expect(status).toBe(0);
  const { results, ...rest } = JSON.parse(out) as { results: readonly object[] };
  expect(rest).toEqual({
    format: 'packyard-doctor/1',
    location: `${url}/`,
    host: 'unknown',
    serial: 1,
    commit: '<oid>',
    packs: 2,
    sampled: [],
    requests: expect.any(Number),
    ok: true,
  });
  expect(results[0]).toEqual({ probe: 'registry', state: 'pass', seen: 'demo, 2 packs', path: 'index.json' });
  expect(results).toContainEqual({ probe: 'range', state: 'skipped', seen: 'no archive could be looked at' });
});

test('what a host says cannot write to the terminal', async () => {
  const { url } = await doctorHost(where(INDEX, ({ headers }) => (headers['content-type'] = 'text/html\u009b31m')));
  const { out } = await runCommand(['doctor', url]);
  expect(out).not.toContain('\u009b');
});

test.each([
  [['--branch', 'main'], '--branch needs --repo.'],
  [['--timeout', '0'], '--timeout is at least 1.'],
  [['--commit', 'HEAD'], 'It is the id of a commit, 7 hexadecimal digits or more.'],
])('a mistake: %j', async (flags, message) => {
  const { status, err } = await runCommand(['doctor', 'http://127.0.0.1:9', ...flags]);
  expect(status).toBe(2);
  expect(err).toContain(message);
});

test('a folder', async () => {
  const { status, err } = await runCommand(['doctor']);
  expect(status).toBe(2);
  expect(err).toContain('is a folder, and no live host.');
});
