import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { canonicalTar } from '../helpers/canonical-tar.ts';
import { readChartArchive, type ChartArchive } from '../../src/pack/chart-archive.ts';

const CHART_YAML = 'apiVersion: v2\nname: demo\nversion: 1.2.3\nappVersion: "1.10"\n';

/** A tar whose paths stand below `root`, in the order given. */
function tar(files: Readonly<Record<string, string | Buffer>>, root: string = 'demo'): Buffer {
  const entries = Object.entries(files).map(([path, data]) => ({ path, executable: false, data: Buffer.from(data) }));
  return Buffer.concat(Array.from(canonicalTar(root, entries), (chunk) => Buffer.from(chunk)));
}

function read(files: Readonly<Record<string, string | Buffer>>, root?: string): Promise<ChartArchive> {
  return readChartArchive(gzipSync(tar(files, root)));
}

describe('metadata', () => {
  test('is that of the top folder, wherever it stands', async () => {
    const sub = 'name: sub\nversion: 9.9.9\n';
    const chart = { kind: 'chart', metadata: { name: 'demo', version: '1.2.3', appVersion: '1.10' } };
    expect(await read({ 'Chart.yaml': CHART_YAML, 'charts/sub/Chart.yaml': sub })).toMatchObject(chart);
    expect(
      await read({ 'charts/sub/Chart.yaml': sub, 'big.txt': 'x'.repeat(200_000), 'Chart.yaml': CHART_YAML }),
    ).toMatchObject(chart);
    expect(await read({ 'Chart.yaml': CHART_YAML }, './demo')).toMatchObject(chart);
    // As `tar czf chart.tgz -C demo .` makes it.
    expect(await read({ 'charts/sub/Chart.yaml': sub, 'Chart.yaml': CHART_YAML }, '.')).toMatchObject(chart);
  });

  test('may be longer than one read', async () => {
    const long = `${'# comment\n'.repeat(20_000)}name: long\n`;
    expect(await read({ 'a.txt': 'a', 'Chart.yaml': long })).toMatchObject({
      kind: 'chart',
      metadata: { name: 'long' },
    });
  });

  test.each([
    ['a number as YAML reads it', 'version: 1.10', { version: '1.1' }],
    ['what is no text is left out', 'name: [demo]\nversion: true\nappVersion: null', {}],
  ])('%s', async (_, yaml, metadata) => {
    expect(await read({ 'Chart.yaml': yaml })).toEqual({ kind: 'chart', metadata, tar: expect.any(Buffer) as Buffer });
  });
});

describe('no metadata', () => {
  test.each([
    ['no Chart.yaml', { 'values.yaml': 'a: 1' }, 'demo'],
    ['an empty one', { 'Chart.yaml': '' }, 'demo'],
    ['one that is no YAML', { 'Chart.yaml': 'name: [demo' }, 'demo'],
    ['one that is a list', { 'Chart.yaml': '- name: demo' }, 'demo'],
    ['one that is not UTF-8', { 'Chart.yaml': Buffer.from([0x61, 0xff]) }, 'demo'],
    ['one in a deeper folder', { 'Chart.yaml': CHART_YAML }, 'demo/charts'],
    ['one above the folder', { 'Chart.yaml': CHART_YAML }, '..'],
    ['one of another case', { 'chart.yaml': CHART_YAML }, 'demo'],
  ])('%s', async (_, files, root) => {
    expect(await read(files, root)).toEqual({ kind: 'no-metadata', tar: expect.any(Buffer) as Buffer });
  });
});

describe('what cannot be read', () => {
  const good = gzipSync(tar({ 'Chart.yaml': CHART_YAML }));

  test.each([
    ['nothing', Buffer.alloc(0), 'unexpected end of file'],
    ['what is not gzip', Buffer.from('<html>404</html>'), 'incorrect header check'],
    ['a cut archive', good.subarray(0, good.length >> 1), 'unexpected end of file'],
    ['a changed archive', changed(good), 'incorrect data check'],
    ['gzip of nothing', gzipSync(''), 'there is no file in it'],
    ['gzip of a text', gzipSync('a text'), 'there is no tar in it'],
    ['an archive without entries', gzipSync(Buffer.alloc(1024)), 'there is no file in it'],
    ['a tar with a changed header', gzipSync(changedHeader()), 'there is no tar in it'],
    ['gzip in gzip', gzipSync(good), 'there is no tar in it'],
    ['zstd in gzip', gzipSync(Buffer.from('28b52ffd00000000', 'hex')), 'there is no tar in it'],
  ])('%s', async (_, data, reason) => {
    expect(await readChartArchive(data)).toEqual({ kind: 'unreadable', reason });
  });

  test('a tar that ends within a file', async () => {
    const cut = gzipSync(tar({ 'a.txt': 'x'.repeat(2000) }).subarray(0, 1024));
    expect(await readChartArchive(cut)).toEqual({
      kind: 'unreadable',
      reason: 'it ends inside "demo/a.txt"',
    });
  });

  test('a hundred megabytes of zeros in a hundred kilobytes', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024), { level: 1 });
    expect(await readChartArchive(bomb)).toEqual({ kind: 'too-large' });
  });
});

/** The same gzip file with another checksum at its end. */
function changed(archive: Buffer): Buffer {
  const copy = Buffer.from(archive);
  copy[copy.length - 8] = (copy.at(-8) ?? 0) ^ 0xff;
  return copy;
}

function changedHeader(): Buffer {
  const copy = tar({ 'Chart.yaml': CHART_YAML });
  copy[0] = 0x58;
  return copy;
}
