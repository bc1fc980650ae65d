import { expect, test } from 'vitest';

import { installPriority } from '../../../../src/check/rules/values/install-priority.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(priority: string): Promise<Finding[]> {
  const values = `pack:\n  spectrocloud.com/install-priority: ${priority}\n`;
  return [...installPriority(await lintPackOf({ files: { 'values.yaml': values } }))];
}

test('a number is not text', async () => {
  expect(await found('10')).toEqual([
    {
      rule: 'values/install-priority',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 2, column: 38, endColumn: 40, source: '  spectrocloud.com/install-priority: 10' },
      args: { found: 'the number 10' },
    },
  ]);
});

test.each([
  ['"1.5"', '"1.5"'],
  ['first', '"first"'],
  ['""', '""'],
  ['true', 'a boolean'],
  ['', 'null'],
  ['[1]', 'a list'],
  ['{{ .x }}', 'an object'],
  ['"99999999999999999999"', '"99999999999999999999"'],
])('%s is not one', async (priority, shown) => {
  expect((await found(priority)).map(({ args }) => args)).toEqual([{ found: shown }]);
});

test.each(['"10"', '"-5"', '"0"', '"{{ .spectro.var.priority }}"'])('%s is one', async (priority) => {
  expect(await found(priority)).toEqual([]);
});

test('a pack need not say one', async () => {
  expect([...installPriority(await lintPackOf())]).toEqual([]);
  expect([...installPriority(await lintPackOf({ files: { 'values.yaml': 'a: [' } }))]).toEqual([]);
});
