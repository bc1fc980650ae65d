import { expect, test } from 'vitest';

import { token } from '../../../../src/check/rules/secrets/token.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';
import { joined, randomText } from './secret-samples.ts';

const TOKEN = joined('ghp_', randomText(36));

test('a pack without one has no findings', async () => {
  expect([...token(await lintPackOf())]).toEqual([]);
});

test('the place is the token, of which asterisks are shown', async () => {
  const files = { 'README.md': `# demo\n\nLog in with \`${TOKEN}\`.\n` };
  expect([...token(await lintPackOf({ files }))]).toEqual([
    {
      rule: 'secrets/token',
      severity: 'error',
      file: 'README.md',
      place: { line: 3, column: 14, endColumn: 54, source: `Log in with \`${'*'.repeat(40)}\`.` },
      args: { kind: 'a token of GitHub', start: 'ghp_', length: 40 },
    },
  ]);
});

test('other secrets on the line are hidden as well', async () => {
  const other = joined('glpat', '-', randomText(20));
  const files = { 'values.yaml': `a: ${TOKEN} ${other}\n` };
  const findings = [...token(await lintPackOf({ files }))];
  expect(findings.map(({ place }) => place?.source)).toEqual(
    Array.from({ length: 2 }, () => `a: ${'*'.repeat(40)} ${'*'.repeat(26)}`),
  );
});

test('a token in a packed chart is named with its path there, which is cut when it is long', async () => {
  const inside = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(60)}-values.yaml`;
  const files = { 'charts/demo.tgz': packedChart('demo', '1.0.0', { [inside]: `a: ${TOKEN}\n` }) };
  const [finding] = token(await lintPackOf({ files }));
  expect(finding?.args).toEqual({
    kind: 'a token of GitHub',
    start: 'ghp_',
    length: 40,
    inside: inside.slice(0, 200),
  });
});
