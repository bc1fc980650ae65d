import { spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import { etagOf, type Fault } from '../../helpers/fault-server.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import * as faults from './faults.ts';
import { artifact, HASTY, hostWith, outcome, outcomeAt, readAll, served } from './outcome.ts';

const CUT = faults.truncated();

/** What the host answers when it is asked for the rest of an archive that broke off. */
const RESTS: Readonly<Record<string, readonly Fault[]>> = {
  'the rest': [CUT],
  'the rest, in many parts': [CUT, faults.hungUp, faults.hungUp],
  'all of it again': [CUT, faults.ignoresRange],
  'all of it, under another tag': [CUT, faults.otherTag],
  'another part, and says so': [CUT, faults.otherPart],
  'a part, and does not say which': [CUT, faults.partWithoutRange],
  'the right part, of other bytes': [CUT, faults.otherBytesInPart],
  'that there is no such part': [CUT, faults.status(416)],
  'other bytes, all of them': [CUT, faults.otherBytes],
  'all of it, compressed': [CUT, faults.compressed],
  'nothing at all': [CUT, faults.empty],
  'a login page': [CUT, faults.portal],
  later: [CUT, faults.status(503), faults.status(429, { 'retry-after': '0' })],
  'the rest, where it gave no validator': [faults.cutWith({ etag: undefined })],
  'the rest, where its validator is weak': [faults.cutWith({ etag: 'W/"1"' })],
  'the rest, where it gave a date only': [
    faults.cutWith({ etag: undefined, 'last-modified': 'Wed, 01 Jul 2026 00:00:00 GMT' }),
  ],
  'the rest of another file: its tag changed': [faults.cutWith({ etag: '"before"' })],
};

test('an archive breaks off, and asked for the rest the host sends …', async () => {
  const entries = Object.entries(RESTS).map(async ([name, first]) => {
    const said = await outcome({ on: 'artifact', first });
    return [name, said.replace(/: .*/su, '')] as const;
  });
  expect(Object.fromEntries(await Promise.all(entries))).toMatchInlineSnapshot(`
    {
      "a login page": "3 × done",
      "a part, and does not say which": "3 × done",
      "all of it again": "2 × done",
      "all of it, compressed": "2 × done",
      "all of it, under another tag": "2 × done",
      "another part, and says so": "3 × done",
      "later": "4 × done",
      "nothing at all": "3 × done",
      "other bytes, all of them": "2 × registry-damaged",
      "that there is no such part": "3 × done",
      "the rest": "2 × done",
      "the rest of another file: its tag changed": "2 × done",
      "the rest, in many parts": "4 × done",
      "the rest, where it gave a date only": "2 × done",
      "the rest, where it gave no validator": "2 × done",
      "the rest, where its validator is weak": "2 × done",
      "the right part, of other bytes": "2 × registry-damaged",
    }
  `);
});

test('only the rest is asked for, by the tag of the first part', async () => {
  const host = await hostWith({ on: 'artifact', first: [CUT] });
  expect(await outcomeAt(host.url, await scratch())).toBe('done');
  const [first, second] = host.requests.filter(({ path }) => path.endsWith('.tar.gz'));
  expect(first?.headers).not.toHaveProperty('range');
  expect(second?.headers['if-range']).toBe(etagOf(artifact));
  // What was under way when the host hung up may be lost.
  const from = Number(/^bytes=(\d+)-$/u.exec(second?.headers.range ?? '')?.[1]);
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThanOrEqual(Math.floor(artifact.length / 2));
});

/** What a run leaves in a cache when it ends in the middle, as if its process were gone. */
async function interrupted(cache: string, at?: () => number): Promise<string> {
  const broken = await hostWith({ on: 'artifact', rest: faults.truncated(at) });
  expect(await outcomeAt(broken.url, cache)).toMatch(/^registry-unreachable/u);
  const partials = join(cache, 'client/partial');
  const [partial = ''] = readdirSync(partials);
  const orphan = join(partials, partial.replace(`-${process.pid}-`, `-${spawnSync('true').pid}-`));
  renameSync(join(partials, partial), orphan);
  return orphan;
}

test('what a run could not finish, the next one goes on with', async () => {
  const cache = await scratch();
  await interrupted(cache);
  const host = await hostWith({ on: 'index' });
  expect(await outcomeAt(host.url, cache)).toBe('done');
  const asked = host.requests.find(({ path }) => path.endsWith('.tar.gz'));
  expect(Number(/^bytes=(\d+)-$/u.exec(asked?.headers.range ?? '')?.[1])).toBeGreaterThan(100_000);
});

test('what a run left is the wrong part: all is fetched, once', async () => {
  const cache = await scratch();
  appendFileSync(await interrupted(cache, () => 1000), 'not of the archive');
  const host = await hostWith({ on: 'index' });
  expect(await outcomeAt(host.url, cache)).toBe('done');
  expect(host.asked(served.paths.artifact)).toBe(2);
  expect(readdirSync(join(cache, 'client/partial'))).toEqual([]);
});

test('an aborted download leaves no archive, and says the reason', async () => {
  const cache = await scratch();
  const host = await hostWith({ on: 'artifact', rest: faults.stalled() });
  const controller = new AbortController();
  const registry = await openRegistry(host.url, { ...HASTY, cache });
  const { artifact: wanted } = (await registry.pack('demo')).releases[0] ?? expect.fail('no release');
  const fetched = registry.fetchFile(wanted.path, wanted, {
    signal: controller.signal,
    onBytes: (received) => void (received > 0 && controller.abort(new Error('enough'))),
  });
  await expect(fetched).rejects.toThrow('enough');
  await registry.close();
  expect(await outcomeAt((await hostWith({ on: 'index' })).url, cache)).toBe('done');
});

test('a registry that is closed reads nothing more', async () => {
  const host = await hostWith({ on: 'index' });
  const registry = await openRegistry(host.url, { ...HASTY, cache: await scratch() });
  await registry.close();
  await expect(readAll(registry)).rejects.toThrow(/closed/u);
  expect(host.requests).toHaveLength(0);
});

test('a size that nothing may have is refused before anybody is asked', async () => {
  const host = await hostWith({ on: 'index' });
  const registry = await openRegistry(host.url, { ...HASTY, cache: await scratch() });
  const huge = { sha256: 'a'.repeat(64), size: 2 ** 45 };
  expect((await failureOf(registry.fetchFile('packs/demo/x.tar.gz', huge))).code).toBe('registry-invalid');
  expect(host.requests).toHaveLength(0);
});
