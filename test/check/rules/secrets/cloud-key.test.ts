import { expect, test } from 'vitest';

import { cloudKey } from '../../../../src/check/rules/secrets/cloud-key.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { joined, randomText } from './secret-samples.ts';

const ID = joined('AKIA', randomText(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'));
const SECRET = randomText(40);

test('a pack without one has no findings', async () => {
  expect([...cloudKey(await lintPackOf({ files: { 'values.yaml': `id: ${ID}\n` } }))]).toEqual([]);
});

test('the place is the secret half, of which asterisks are shown', async () => {
  const files = { 'values.yaml': `aws:\n  id: ${ID}\n  key: "${SECRET}"\n` };
  expect([...cloudKey(await lintPackOf({ files }))]).toEqual([
    {
      rule: 'secrets/cloud-key',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 3, column: 9, endColumn: 49, source: `  key: "${'*'.repeat(40)}"` },
      args: { kind: 'a secret access key of AWS', start: SECRET.slice(0, 4), length: 40 },
    },
  ]);
});
