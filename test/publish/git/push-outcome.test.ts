import { expect, test } from 'vitest';

import { bytesWritten, pushOutcome } from '../../../src/publish/git/push-outcome.ts';

test.each([
  ['[rejected] (stale info)', 'conflict'],
  ['[rejected] (already exists)', 'conflict'],
  ['[remote rejected] (failed to update ref)', 'conflict'],
  ["[remote rejected] (cannot lock ref 'refs/heads/x': is at 1 but expected 2)", 'conflict'],
  ['[remote rejected] (incorrect old value provided)', 'conflict'],
  ['[remote rejected] (reference already exists)', 'conflict'],
  ['[remote rejected] (non-fast-forward)', 'unknown'],
  ['[remote rejected] (pre-receive hook declined)', 'unknown'],
  ['[remote rejected] (protected branch hook declined)', 'unknown'],
  ['[remote rejected] (shallow update not allowed)', 'unknown'],
])('%s is %s', (reason, outcome) => {
  const stdout = `To x\n!\tabc:refs/heads/x\t${reason}\n`;
  expect(pushOutcome({ status: 1, stdout, stderr: '' })).toBe(outcome);
});

test('a status says more than words, and no words say nothing', () => {
  expect(pushOutcome({ status: 0, stdout: '', stderr: 'error' })).toBe('done');
  expect(pushOutcome({ status: 128, stdout: '', stderr: 'remote: stale info' })).toBe('unknown');
});

test.each([
  ['Writing objects: 100% (3/3), 218 bytes | 218.00 KiB/s, done.', 218],
  ['Writing objects:  50% (1/2)\rWriting objects: 100% (2/2), 1.50 KiB | 1 MiB/s, done.\n', 1536],
  ['Writing objects: 100% (2/2), 2.00 MiB, done.', 2_097_152],
  ['', 0],
])('bytes of %j', (stderr, bytes) => {
  expect(bytesWritten(stderr)).toBe(bytes);
});
