import { expect, test } from 'vitest';

import { provenance } from '../../../../src/check/rules/pack/provenance.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(annotations: unknown): Promise<unknown[]> {
  const findings = [...provenance(await lintPackOf({ manifest: { annotations } }))];
  return findings.map(({ rule, args, place }) => [rule, args, place?.source.trim()]);
}

test('both annotations are wanted, at the annotations', async () => {
  expect([...provenance(await lintPackOf({ manifest: { annotations: {} } }))]).toEqual([
    {
      rule: 'pack/no-source',
      severity: 'error',
      file: 'pack.json',
      place: { line: 9, column: 3, endColumn: 16, source: '  "annotations": {}' },
      args: { blank: false },
    },
    {
      rule: 'pack/no-contributor',
      severity: 'error',
      file: 'pack.json',
      place: { line: 9, column: 3, endColumn: 16, source: '  "annotations": {}' },
      args: { blank: false },
    },
  ]);
});

test('without annotations the place is the document', async () => {
  expect(await found(undefined)).toEqual([
    ['pack/no-source', { blank: false }, '{'],
    ['pack/no-contributor', { blank: false }, '{'],
  ]);
});

test('a blank one is as good as none', async () => {
  expect(await found({ source: ' ', contributor: 'me' })).toEqual([
    ['pack/no-source', { blank: true }, '"source": " ",'],
  ]);
});

test.each([{ source: 'community', contributor: 'me' }, { source: 1, contributor: null }, [], 'source', 1])(
  '%j is in order or is left to the schema',
  async (annotations) => {
    expect(await found(annotations)).toEqual([]);
  },
);

test('inherited keys do not count', async () => {
  const annotations = JSON.parse('{"__proto__": {"source": "x", "contributor": "y"}}') as unknown;
  expect(await found(annotations)).toHaveLength(2);
});

test.each(['[]', '{', 'null'])('there is nothing to say of %s', async (text) => {
  expect([...provenance(await lintPackOf({ files: { 'pack.json': text } }))]).toEqual([]);
});
