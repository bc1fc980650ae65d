import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { lockText, type LockedPack } from '../../../src/client/lock/packyard-lock.ts';
import { parseLock } from '../../../src/client/lock/parse-lock.ts';
import { scratch } from '../../helpers/scratch.ts';
import { pins, shuffled } from './pins.ts';

const PIN: LockedPack = {
  selector: '1.x',
  registry: 'community',
  version: '1.3.1',
  sha256: 'a'.repeat(64),
  contentSha256: 'b'.repeat(64),
  size: 1234,
};

test('packs stand in order, each on lines of its own', () => {
  const unordered = { address: 'https://example.org', ...Object.fromEntries(Object.entries(PIN).toReversed()), ...PIN };
  const packs = new Map<string, LockedPack>([
    ['redis', { ...PIN, registry: 'acme' }],
    ['nginx', unordered],
    ['constructor', PIN],
  ]);
  expect(lockText({ packs: new Map([...packs].slice(0, 2)) })).toMatchInlineSnapshot(`
    "{
      "format": "packyard-lock/1",
      "packs": {
        "nginx": {
          "selector": "1.x",
          "registry": "community",
          "version": "1.3.1",
          "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "contentSha256": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
          "size": 1234
        },
        "redis": {
          "selector": "1.x",
          "registry": "acme",
          "version": "1.3.1",
          "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "contentSha256": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
          "size": 1234
        }
      }
    }
    "
  `);
  expect(lockText({ packs })).toContain('"constructor": {');
  expect(lockText({ packs: new Map() })).toBe('{\n  "format": "packyard-lock/1",\n  "packs": {}\n}\n');
});

test('names that are numbers stand where their characters belong', () => {
  const text = lockText({ packs: new Map(['9', '10', '0ad', 'a'].map((name) => [name, PIN])) });
  expect([...text.matchAll(/^ {4}"(?<name>[^"]+)": \{$/gmu)].map(({ groups }) => groups?.['name'])).toEqual([
    '0ad',
    '10',
    '9',
    'a',
  ]);
});

test('a lock that is written and read is the same', async () => {
  await fc.assert(
    fc.asyncProperty(pins, async (packs) => {
      const text = lockText({ packs });
      const read = await parseLock(text, 'packyard.lock');
      expect(new Map(read.packs)).toEqual(packs);
      expect(lockText(read)).toBe(text);
    }),
  );
});

test('the bytes do not depend on the order of the packs', () => {
  fc.assert(
    fc.property(pins.chain(shuffled), ([packs, others]) => {
      expect(lockText({ packs: others })).toBe(lockText({ packs }));
    }),
  );
});

test('a pack that comes or goes leaves the lines of the others as they are', () => {
  fc.assert(
    fc.property(pins, (packs) => {
      const { nginx: _, ...rest } = Object.fromEntries(packs);
      const lines = (of: ReadonlyMap<string, LockedPack>): string[] =>
        lockText({ packs: of })
          .split('\n')
          .map((line) => line.replace(/,$/u, ''));
      const [more, fewer] = [
        lines(new Map([...Object.entries(rest), ['nginx', PIN]])),
        lines(new Map(Object.entries(rest))),
      ];
      fc.pre(Object.keys(rest).length > 0);
      expect(more.length - fewer.length).toBe(8);
      expect(fewer.filter((line) => !more.includes(line))).toEqual([]);
    }),
  );
});

test('Git merges what two people did to different packs', async () => {
  const folder = await scratch();
  const names = ['caddy', 'nginx', 'redis', 'traefik', 'vault'];
  const base = new Map(names.map((name) => [name, PIN]));
  const ours = new Map(base).set('caddy', { ...PIN, version: '1.3.2', sha256: 'c'.repeat(64) });
  const theirs = new Map(base).set('portal', PIN);
  theirs.delete('vault');
  const files = Object.entries({ ours, base, theirs }).map(([name, packs]) => {
    const file = join(folder, name);
    writeFileSync(file, lockText({ packs }));
    return file;
  });
  execFileSync('git', ['merge-file', ...files]);
  const merged = await parseLock(readFileSync(join(folder, 'ours'), 'utf8'), 'packyard.lock');
  const expected = new Map(theirs).set('caddy', ours.get('caddy') ?? PIN);
  expect(readFileSync(join(folder, 'ours'), 'utf8')).toBe(lockText({ packs: expected }));
  expect(new Map(merged.packs)).toEqual(expected);
});
