import { expect, test } from 'vitest';

import { highEntropy } from '../../../../src/check/rules/secrets/high-entropy.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { randomText } from './secret-samples.ts';

const VALUE = randomText(24);

test('the place is the value, of which asterisks are shown', async () => {
  const files = { 'values.yaml': `charts:\n  demo:\n    adminPassword: '${VALUE}'\n` };
  expect([...highEntropy(await lintPackOf({ files }))]).toEqual([
    {
      rule: 'secrets/high-entropy',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 3, column: 21, endColumn: 45, source: `    adminPassword: '${'*'.repeat(24)}'` },
      args: { key: 'adminPassword', start: VALUE.slice(0, 4), length: 24 },
    },
  ]);
});

test.each([
  'adminPassword: changeme',
  'adminPassword: "{{ .spectro.var.password }}"',
  'existingSecret: certificates-tls-secret',
  `checksum: ${VALUE}`,
  `# adminPassword: see ${VALUE}`,
  'adminPassword: 12345678901234567890',
  'adminPassword: [1, 2]',
  'adminPassword:',
])('%s is none', async (line) => {
  expect([...highEntropy(await lintPackOf({ files: { 'values.yaml': `${line}\n` } }))]).toEqual([]);
});

test('manifests of several documents, and values that are no YAML, are read as well', async () => {
  const files = {
    'values.yaml': `a: [\npassword: ${VALUE}1\n`,
    'manifests/a.yaml': `kind: A\n---\nenv:\n- name: API_TOKEN\n  value: ${VALUE}2\n`,
    'README.md': `password: ${VALUE}3\n`,
  };
  const keys = [...highEntropy(await lintPackOf({ files }))].map(({ file, args }) => [file, 'key' in args && args.key]);
  expect(keys).toEqual([
    ['manifests/a.yaml', 'API_TOKEN'],
    ['values.yaml', 'password'],
  ]);
});

test('each value is said once, and of very many no more than enough', async () => {
  const line = (index: number): string => `password: ${VALUE}${index % 5000}a\n`;
  const many = Array.from({ length: 20_000 }, (_, index) => line(index)).join('');
  const files = { 'values.yaml': many, 'manifests/z.yaml': `password: ${VALUE}z9\n`, 'manifests/a.yaml': many };
  const findings = [...highEntropy(await lintPackOf({ files }))];
  expect(new Set(findings.map(({ file }) => file))).toEqual(new Set(['manifests/a.yaml']));
  expect(findings).toHaveLength(5000);
});
