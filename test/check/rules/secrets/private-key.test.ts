import { expect, test } from 'vitest';

import { privateKey } from '../../../../src/check/rules/secrets/private-key.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';
import { privateKeyBlock, randomText } from './secret-samples.ts';

test('a pack without one has no findings', async () => {
  expect([...privateKey(await lintPackOf())]).toEqual([]);
});

test('the place is the first line of the key', async () => {
  const values = `pack:\n  namespace: demo\ntls:\n  key: |\n${privateKeyBlock().replaceAll(/^/gmu, '    ')}\n`;
  const [finding, ...more] = privateKey(await lintPackOf({ files: { 'values.yaml': values } }));
  expect(finding).toEqual({
    rule: 'secrets/private-key',
    severity: 'error',
    file: 'values.yaml',
    place: { line: 5, column: 5, endColumn: 36, source: `    ${privateKeyBlock().split('\n')[0]}` },
    args: { kind: 'a private key', length: expect.any(Number) },
  });
  expect(more).toEqual([]);
});

test('nothing of a key on one line is shown', async () => {
  const body = randomText(600);
  const files = { 'manifests/a.json': JSON.stringify({ key: privateKeyBlock('', body) }) };
  const findings = [...privateKey(await lintPackOf({ files }))];
  expect(findings).toHaveLength(1);
  expect(JSON.stringify(findings)).not.toContain(body.slice(0, 5));
  expect(findings[0]?.place?.source).toContain('-----BEGIN PRIVATE KEY-----****');
});

test('a key that a chart has as well is said once, where it can be changed', async () => {
  const block = privateKeyBlock();
  const values = `key: |\n${block.replaceAll(/^/gmu, '  ')}\n`;
  const files = { 'values.yaml': values, 'charts/demo.tgz': packedChart('demo', '1.0.0', { 'files/tls.key': block }) };
  expect([...privateKey(await lintPackOf({ files }))].map(({ file }) => file)).toEqual(['values.yaml']);
});

test('a key in a packed chart has no line, but a path inside', async () => {
  const files = { 'charts/demo.tgz': packedChart('demo', '1.0.0', { 'files/tls.key': privateKeyBlock() }) };
  expect([...privateKey(await lintPackOf({ files }))]).toEqual([
    {
      rule: 'secrets/private-key',
      severity: 'error',
      file: 'charts/demo.tgz',
      args: { kind: 'a private key', length: expect.any(Number), inside: 'files/tls.key' },
    },
  ]);
});
