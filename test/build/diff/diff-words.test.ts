import { describe, expect, test } from 'vitest';

import {
  chartText,
  dependencyText,
  growthText,
  refusalText,
  releaseWords,
  signedBytes,
  sizeText,
  statusText,
  summaryOf,
} from '../../../src/build/diff/diff-words.ts';
import type { Growth, RegistryDiff, ReleaseDiff } from '../../../src/build/diff/registry-diff.ts';

const RELEASE: ReleaseDiff = {
  change: 'added',
  name: 'a',
  version: '1.0.0',
  directory: 'packs/a',
  refusals: [],
  findings: [],
  known: 0,
};

const GROWTH: Growth = { archives: 0, copies: 0, logos: 0, documents: 0, total: 0 };

function grown(total: number, others: Partial<Growth> = {}): Growth {
  return { ...GROWTH, archives: total, total, ...others };
}

describe('the growth of the registry', () => {
  test.each([
    [GROWTH, 'The registry stays as large as it is.'],
    [
      grown(1024, { copies: 512, logos: 0, total: 1536 }),
      'The registry grows by 1.5 KiB (archives +1 KiB, copies +512 bytes).',
    ],
    [grown(-1), 'The registry shrinks by 1 byte (archives -1 byte).'],
    [
      grown(1024, { site: { before: 1024, after: 2048 } }),
      'The registry grows by 1 KiB (archives +1 KiB). It takes about 2 KiB then.',
    ],
    [
      grown(1024, { site: { before: 1024, after: 2048 }, limit: 4096 }),
      'The registry grows by 1 KiB (archives +1 KiB). It takes about 2 KiB then, 50% of the 4 KiB that limits.site allows.',
    ],
    [
      grown(1024, { site: { before: 3072, after: 4096 }, limit: 3072 }),
      'The registry grows by 1 KiB (archives +1 KiB). That is too much: it would take about 4 KiB, 133% of the 3 KiB that limits.site allows.',
    ],
    [
      grown(1024, { site: { before: 3072, after: 4096 }, limit: 2048 }),
      'The registry grows by 1 KiB (archives +1 KiB). That is too much: it would take about 4 KiB, 200% of the 2 KiB that limits.site allows. It was too large before.',
    ],
    [
      grown(0, { site: { before: 3072, after: 3072 }, limit: 2048 }),
      'The registry stays as large as it is. It takes about 3 KiB then, 150% of the 2 KiB that limits.site allows.',
    ],
    [
      grown(1024, { limit: 4096 }),
      'The registry grows by 1 KiB (archives +1 KiB). The size of all of it is unknown here: packyard build finds it out, and this cache keeps it.',
    ],
    [
      grown(1024, { limit: 512 }),
      'The registry grows by 1 KiB (archives +1 KiB). That alone is more than the 512 bytes that limits.site allows. The size of all of it is unknown here: packyard build finds it out, and this cache keeps it.',
    ],
  ])('%j', (growth, text) => {
    expect(growthText(growth)).toBe(text);
  });

  test('with its sign', () => {
    expect([signedBytes(2048), signedBytes(-2048), signedBytes(0)]).toEqual(['+2 KiB', '-2 KiB', '+0 bytes']);
  });
});

function summary(...releases: readonly Partial<ReleaseDiff>[]): string {
  const all = releases.map((release) => ({ ...RELEASE, ...release }));
  return summaryOf({ releases: all, statuses: [], findings: [] } as unknown as RegistryDiff);
}

test('the summary counts what there is', () => {
  expect(summary()).toBe('No release is added, changed or removed.');
  expect(summary({})).toBe('1 release added.');
  expect(summary({}, {}, { change: 'changed' }, { change: 'removed' }, { refusals: ['errors'] })).toBe(
    '2 releases added, 1 superseded, 1 refused, 1 removed.',
  );
  const finding = { rule: 'readme/missing', severity: 'hint', file: 'x', args: {} } as const;
  expect(summaryOf({ releases: [], statuses: [{}, {}], findings: [finding] } as unknown as RegistryDiff)).toBe(
    'No release is added, changed or removed. The status of 2 releases changes. 1 new finding.',
  );
});

test('a release says what becomes of it', () => {
  expect(releaseWords(RELEASE)).toBe('added');
  expect(releaseWords({ ...RELEASE, follows: '0.9.0' })).toBe('added, compared with 0.9.0');
  expect(releaseWords({ ...RELEASE, change: 'changed' })).toBe('changed');
  expect(releaseWords({ ...RELEASE, change: 'removed', kept: false })).toBe('removed');
  expect(releaseWords({ ...RELEASE, change: 'removed', kept: true })).toBe(
    'removed here; the registry keeps what is published',
  );
});

test('why a release is refused', () => {
  expect((['changed', 'errors', 'known-errors', 'duplicate'] as const).map(refusalText)).toEqual([
    'a version that was there before has other content: restore it, and give the change a version of its own',
    'it has new errors',
    'it has errors that were there before: packyard check shows them',
    'another directory holds the same release',
  ]);
});

test('sizes, charts, dependencies and statuses', () => {
  const size = (before?: number, after?: number): string | undefined =>
    sizeText({ ...RELEASE, size: { ...(before !== undefined && { before }), ...(after !== undefined && { after }) } });
  expect([size(), size(1), size(undefined, 1), size(1, 1), size(1, 3), size(3, 1), sizeText(RELEASE)]).toEqual([
    undefined,
    undefined,
    '1 byte',
    '1 byte, as before',
    '3 bytes, +2 bytes',
    '1 byte, -2 bytes',
    undefined,
  ]);
  expect([{}, { version: '1' }, { version: '1', appVersion: '1' }, { appVersion: '2' }].map(chartText)).toEqual([
    'no version',
    '1',
    '1',
    'no version (app 2)',
  ]);
  const dependency = { packName: 'kubernetes', layer: 'k8s', type: 'required' } as const;
  expect(dependencyText(dependency)).toBe('required k8s');
  expect(dependencyText({ ...dependency, minVersion: '', maxVersion: '2' })).toBe('required k8s to 2');
  expect(statusText(undefined)).toBe('active');
  expect(statusText({ state: 'disabled', reason: 'Old.' })).toBe('disabled: Old');
  expect(statusText({ state: 'yanked', reason: 'Old', at: '2024-05-01', replacement: '2.0.0' })).toBe(
    'yanked since 2024-05-01: Old; use 2.0.0',
  );
});
