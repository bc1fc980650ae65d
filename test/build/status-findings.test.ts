import { describe, expect, onTestFinished, test } from 'vitest';

import { openCache } from '../../src/build/cache.ts';
import { loadStatuses } from '../../src/build/load-statuses.ts';
import { statusFindings, type PackStates } from '../../src/build/status-findings.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { ReleaseState } from '../../src/model/status.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { snapshotOfRevision } from '../../src/repo/snapshot.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { scratch } from '../helpers/scratch.ts';

interface Found {
  readonly findings: readonly Finding[];
  /** How many blobs were read for them. */
  readonly read: number;
}

async function find(files: FileMap, packs: Iterable<PackStates>): Promise<Found> {
  const snapshot = await snapshotOfRevision(await openRepository((await gitRepository(files)).path), 'HEAD');
  onTestFinished(() => snapshot.close());
  const { statuses } = await loadStatuses(snapshot, openCache(await scratch()));
  const before = snapshot.objects.blobsRead;
  return { findings: await statusFindings(snapshot, statuses, packs), read: snapshot.objects.blobsRead - before };
}

function pack(name: string, versions: Readonly<Record<string, ReleaseState>>): PackStates {
  return { name, versions: Object.entries(versions).map(([version, state]) => ({ version, state })) };
}

function entry(versions: string, replacement?: string): string {
  const more = replacement === undefined ? '' : `, replacement: "${replacement}"`;
  return `  - { versions: "${versions}", state: yanked, reason: CVE, at: 2026-05-01${more} }\n`;
}

const NGINX = pack('nginx', { '1.2.3': 'yanked', '1.3.0': 'disabled', '1.3.1': 'active', '1.4.0': 'deprecated' });
const PACKS = [NGINX, pack('traefik', { '3.1.0': 'active' })];

/** Findings about one entry of nginx. */
async function about(versions: string, replacement?: string): Promise<unknown[]> {
  const { findings } = await find({ 'status/nginx.yaml': `releases:\n${entry(versions, replacement)}` }, PACKS);
  return findings.map(({ rule, args, place }) => [
    rule,
    args,
    place?.line,
    place?.source.slice(place.column - 1, place.endColumn - 1),
  ]);
}

describe('statusFindings', () => {
  test('are none where everything is there', async () => {
    for (const replacement of [undefined, '1.3.1', '1.4.0', 'traefik@3.1.0', 'nginx@1.3.1']) {
      expect(await about('1.2.x', replacement)).toEqual([]);
    }
  });

  test.each<[string, string | undefined, unknown[]]>([
    [
      '1.22.3',
      undefined,
      ['status/unknown-version', { name: 'nginx', versions: '1.22.3', suggestion: '1.2.3' }, 2, '1.22.3'],
    ],
    ['^7', undefined, ['status/unknown-version', { name: 'nginx', versions: '^7' }, 2, '^7']],
    [
      '1.2.3',
      '1.3.11',
      ['status/unknown-replacement', { name: 'nginx', version: '1.3.11', suggestion: '1.3.1' }, 2, '1.3.11'],
    ],
    [
      '1.2.3',
      'trafik@3.1.0',
      ['status/unknown-replacement', { name: 'trafik', suggestion: 'traefik' }, 2, 'trafik@3.1.0'],
    ],
    ['1.2.3', 'traefik@9', ['status/unknown-replacement', { name: 'traefik', version: '9' }, 2, 'traefik@9']],
    ['1.2.3', '1.3.0', ['status/withdrawn-replacement', { replacement: '1.3.0', state: 'disabled' }, 2, '1.3.0']],
    ['1.2.3', '1.2.3', ['status/own-replacement', { replacement: '1.2.3' }, 2, '1.2.3']],
    ['1.x  ', '1.3.1', ['status/own-replacement', { replacement: '1.3.1' }, 2, '1.3.1']],
  ])('%s with %s', async (versions, replacement, wanted) => {
    expect(await about(versions, replacement)).toEqual([wanted]);
  });

  test('ask nothing of a replacement that is lifted, and everything of the others', async () => {
    const text = `releases:\n  - { versions: "1.2.3", state: active, replacement: "0.1" }\n${entry('1.2.3', '0.1')}`;
    const { findings } = await find({ 'status/nginx.yaml': text }, PACKS);
    expect(findings.map(({ place }) => place?.line)).toEqual([3]);
  });

  test('name a pack that there is not, with the one that was meant', async () => {
    const { findings } = await find({ 'status/ngnix.yaml': `releases:\n${entry('1.2.3')}` }, PACKS);
    expect(findings).toEqual([
      {
        rule: 'status/unknown-pack',
        severity: 'error',
        file: 'status/ngnix.yaml',
        args: { name: 'ngnix', suggestion: 'nginx' },
      },
    ]);
  });

  test('come by file, and the first fifty of very many, of which alone the files are read again', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [
        `status/p${String(index).padStart(2, '0')}.yaml`,
        `releases:\n${entry('2')}`,
      ]),
    );
    const packs = Array.from({ length: 80 }, (_, index) =>
      pack(`p${String(index).padStart(2, '0')}`, { '1.0.0': 'active' }),
    );
    const { findings, read } = await find(files, packs);
    expect([findings.length, read]).toEqual([51, 51]);
    expect(findings.map(({ file }) => file)).toEqual(findings.map(({ file }) => file).toSorted());
  });

  test('look at no version of a pack of which nothing is said', async () => {
    const other: PackStates = {
      name: 'other',
      get versions() {
        return expect.fail('it was looked at');
      },
    };
    const { findings, read } = await find({ 'status/nginx.yaml': `releases:\n${entry('1.2.3', '1.3.1')}` }, [
      other,
      ...PACKS,
    ]);
    expect([findings, read]).toEqual([[], 0]);
    expect((await find({ a: '' }, [other])).findings).toEqual([]);
  });
});
