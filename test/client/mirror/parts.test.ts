import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { distinctFiles } from '../../../src/client/mirror/mirror-file.ts';
import { imagesList } from '../../../src/client/mirror/images-text.ts';
import { loadMirrorState, recordMirrorState, type MirrorState } from '../../../src/client/mirror/mirror-state.ts';
import { isWhole, selectedReleases, selectionKey, selectionOf } from '../../../src/client/mirror/selection.ts';
import { parseReference } from '../../../src/client/reference.ts';
import type { PackDocument } from '../../../src/model/documents.ts';
import { scratch } from '../../helpers/scratch.ts';

function packOf(versions: readonly string[], images: readonly string[] = []): PackDocument {
  const releases = versions.map((version) => ({ version, images }));
  return { format: 'packyard-pack/1', name: 'demo', tags: {}, releases } as unknown as PackDocument;
}

describe('a selection', () => {
  const reference = fc.constantFrom('nginx', 'nginx@1.x', 'redis@7.0.0', 'web:latest').map(parseReference);

  test('has one key in whatever order it is written', () => {
    fc.assert(
      fc.property(fc.array(reference, { minLength: 1 }), (references) => {
        const key = selectionKey(selectionOf(references, 3));
        expect(selectionKey(selectionOf(references.toReversed(), 3))).toBe(key);
        expect(selectionKey(selectionOf(references, 2))).not.toBe(key);
        expect(selectionKey(selectionOf(undefined, 3))).not.toBe(key);
      }),
    );
  });

  test('of nothing is everything', () => {
    expect(isWhole(selectionOf(undefined, undefined))).toBe(true);
    expect(isWhole(selectionOf(undefined, 1))).toBe(false);
    expect(isWhole(selectionOf([], undefined))).toBe(false);
  });

  test('keeps the order of the document, and at most as many as asked for', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.uniqueArray(version, { minLength: 1 }), fc.integer({ min: 1, max: 5 }), (versions, latest) => {
        const document = packOf(versions);
        const kept = selectedReleases(document, selectionOf(undefined, latest));
        expect(kept).toHaveLength(Math.min(latest, versions.length));
        expect(document.releases.filter((release) => kept.includes(release))).toEqual(kept);
      }),
    );
  });
});

test('images are sorted by their bytes, each once; what is no image is left out', () => {
  const list = imagesList([
    packOf(['1.0.0', '2.0.0'], ['b:1', 'B:1', 'a b', 'evil\nline', 'a:1']),
    packOf(['1'], ['a:1', '']),
  ]);
  expect(list).toEqual({ text: 'B:1\na:1\nb:1\n', count: 3, leftOut: ['a b', 'evil\nline', ''] });
  expect(imagesList([])).toEqual({ text: '', count: 0, leftOut: [] });
});

test('a path that is said twice is one file, unless its bytes differ', () => {
  const file = { path: 'logos/x', sha256: 'a', role: 'immutable' } as const;
  expect(distinctFiles([file, { ...file }], 'It')).toEqual([file]);
  expect(() => distinctFiles([file, { ...file, sha256: 'b' }], 'It')).toThrow('It says two things of logos/x.');
});

describe('what is known of a mirror', () => {
  const state: MirrorState = {
    source: 's',
    index: 'i',
    selection: 'all',
    packs: new Map([['__proto__', { document: 'd', digest: 'e' }]]),
    shared: new Map([['index.json', { sha256: 'x', stamp: { size: 1, mtimeMs: 2.5, ctimeMs: 3, inode: 4 } }]]),
    counts: { packs: 1, releases: 2, images: 3, files: 4, bytes: 5, stale: 0 },
  };

  test('is the same when it is read again, and of that folder only', async () => {
    const folder = await scratch();
    await recordMirrorState(folder, '/srv/mirror', state);
    expect(await loadMirrorState(folder, '/srv/mirror')).toEqual(state);
    expect(await loadMirrorState(folder, '/srv/other')).toBeUndefined();
    expect(readdirSync(join(folder, 'client', 'mirrors'))).toHaveLength(1);
  });

  test('is nothing where it cannot be kept', async () => {
    const folder = await scratch();
    mkdirSync(join(folder, 'client'));
    writeFileSync(join(folder, 'client', 'mirrors'), 'a file');
    await recordMirrorState(folder, '/srv/mirror', state);
    expect(await loadMirrorState(folder, '/srv/mirror')).toBeUndefined();
  });

  test('may be anything', async () => {
    const folder = await scratch();
    await recordMirrorState(folder, '/srv/mirror', state);
    const [name = ''] = readdirSync(join(folder, 'client', 'mirrors'));
    mkdirSync(join(folder, 'client', 'mirrors'), { recursive: true });
    const base = { format: 'packyard-mirror-state/1', destination: '/srv/mirror', ...state };
    const key = fc.constantFrom('format', 'destination', 'source', 'index', 'selection', 'packs', 'shared', 'counts');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, fc.jsonValue()), async (changes) => {
        writeFileSync(join(folder, 'client', 'mirrors', name), JSON.stringify({ ...base, ...changes }));
        const loaded = await loadMirrorState(folder, '/srv/mirror');
        for (const pack of loaded?.packs.values() ?? []) expect(typeof pack.digest).toBe('string');
        for (const { stamp } of loaded?.shared.values() ?? []) expect(typeof stamp.size).toBe('number');
      }),
      { numRuns: 200 },
    );
  });
});
