import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { canonicalTar } from '../helpers/canonical-tar.ts';
import { findingOf } from '../../src/pack/finding-of.ts';
import { loadPack } from '../../src/pack/load-pack.ts';
import type { PackFiles } from '../../src/pack/pack.ts';

function files(map: Readonly<Record<string, string | Buffer>>): PackFiles {
  return new Map(
    Object.entries(map).map(([path, data]) => [path, { path, executable: false, data: Buffer.from(data) }]),
  );
}

function chart(chartYaml: string): Buffer {
  const file = { path: 'Chart.yaml', executable: false, data: Buffer.from(chartYaml) };
  return gzipSync(Buffer.concat(Array.from(canonicalTar('demo', [file]), (chunk) => Buffer.from(chunk))));
}

function manifest(...charts: readonly unknown[]): string {
  return JSON.stringify({ name: 'demo', charts });
}

test('a pack is what its files say', async () => {
  const given = files({
    'pack.json': manifest('charts/b.tgz', './charts/a.tgz'),
    'values.yaml': 'pack:\n  content:\n    images:\n      - image: ghcr.io/demo:1\n',
    'charts/a.tgz': chart('name: a\nversion: 1.0.0\n'),
    'charts/b.tgz': chart('name: b\nversion: 2.0.0\nappVersion: "3"\n'),
  });
  const pack = await loadPack(given);
  expect(pack.files).toBe(given);
  expect(pack.manifest?.value).toEqual({ name: 'demo', charts: ['charts/b.tgz', './charts/a.tgz'] });
  expect(pack.values?.place(['pack', 'content'], 'key').line).toBe(2);
  expect(pack.charts).toEqual([
    { path: 'charts/b.tgz', name: 'b', version: '2.0.0', appVersion: '3' },
    { path: 'charts/a.tgz', name: 'a', version: '1.0.0' },
  ]);
  expect(pack.images).toEqual(['ghcr.io/demo:1']);
  expect(pack.findings).toEqual([]);
});

test('what is no manifest and no values is left out, and said', async () => {
  const seen = findingOf('file/symlink', 'link', { path: 'link' });
  const pack = await loadPack(files({ 'pack.json': '{', 'values.yaml': '[]' }), [seen]);
  expect(Object.keys(pack).toSorted()).toEqual(['charts', 'files', 'findings', 'images']);
  expect(pack.findings.map(({ rule }) => rule)).toEqual(['file/symlink', 'pack/invalid-json', 'values/not-a-mapping']);
});

describe('charts', () => {
  test('that are listed twice are one', async () => {
    const given = files({ 'pack.json': manifest('a.tgz', './a.tgz', 'a.tgz'), 'a.tgz': chart('name: a\n') });
    expect((await loadPack(given)).charts).toEqual([{ path: 'a.tgz', name: 'a' }]);
  });

  test('that are not there, outside, or no text are for the rules to judge', async () => {
    const given = files({ 'pack.json': manifest('charts/none.tgz', '../x.tgz', 7, ''), 'values.yaml': '' });
    const { charts, findings } = await loadPack(given);
    expect({ charts, findings }).toEqual({ charts: [], findings: [] });
  });

  test.each([
    ['chart/unreadable', Buffer.from('text'), 'error', { reason: 'incorrect header check' }, 0],
    ['chart/no-metadata', chart('- a list'), 'warning', {}, 1],
    ['chart/too-large', gzipSync(Buffer.alloc(67_108_865), { level: 1 }), 'error', { limit: 67_108_864 }, 0],
  ])('%s', async (rule, data, severity, args, listed) => {
    const path = 'charts/a.tgz';
    const text = manifest(path);
    const { charts, findings } = await loadPack(files({ 'pack.json': text, 'values.yaml': '', [path]: data }));
    const column = text.indexOf('"charts/') + 1;
    expect(findings).toEqual([
      {
        rule,
        severity,
        file: 'pack.json',
        args: { path, ...args },
        place: { line: 1, column, endColumn: column + path.length + 2, source: text },
      },
    ]);
    expect(charts).toEqual([{ path }].slice(0, listed));
  });
});
