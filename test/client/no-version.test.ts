import { expect, test } from 'vitest';

import { chooseRelease } from '../../src/client/choose-release.ts';
import { parseReference } from '../../src/client/reference.ts';
import { PackyardError } from '../../src/errors.ts';
import type { PackDocument } from '../../src/model/documents.ts';
import { packDocument } from '../helpers/packs-registry.ts';

const FEW = packDocument('nginx', [
  '2.1.5',
  '1.3.1',
  '1.3.0',
  { version: '1.2.0', status: { state: 'yanked', reason: 'no' } },
  { version: '1.0.0', group: 'LTS' },
]);
const MANY = packDocument(
  'nginx',
  Array.from({ length: 40 }, (_, minor) => `1.${minor}.0`),
);

function said(reference: string, document: PackDocument): string {
  try {
    return chooseRelease(document, parseReference(reference)).version;
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code !== 'no-version') throw error;
    return `${error.message}\n${error.hint}`;
  }
}

test('it says which there are, highest first, with their states', () => {
  expect(said('nginx@9.x', FEW)).toBe(
    'The pack "nginx" has no release that "9.x" means.\nIt has 2.1.5, 1.3.1, 1.3.0, 1.2.0 (yanked), 1.0.0.',
  );
});

test('of many it names the nearest', () => {
  expect(said('nginx@1.20.1', MANY)).toBe(
    'The pack "nginx" has no release that "1.20.1" means.\n' +
      'It has 1.25.0, 1.24.0, 1.23.0, 1.22.0, 1.21.0, 1.20.0, 1.19.0, 1.18.0, 1.17.0, 1.16.0 and 30 more.',
  );
  expect(said('nginx@>9', MANY)).toContain('It has 1.39.0, 1.38.0,');
  expect(said('nginx@0.1.0', MANY)).toContain('1.1.0, 1.0.0 and 30 more.');
  expect(said('nginx:none', MANY)).toContain('It has 1.39.0, 1.38.0,');
});

test.each([
  ['nginx@2.1', 'Did you mean nginx:2.1.x? '],
  ['nginx@2', 'Did you mean nginx:2.x? '],
  ['nginx:2', 'Did you mean nginx:2.x? '],
  ['nginx:latset', 'Did you mean nginx:latest? '],
  ['nginx:lts__1.x', 'Did you mean nginx:LTS__1.x? '],
  ['nginx:9.9.9', 'It has'],
])('%s: %s', (reference, hint) => {
  expect(said(reference, FEW).split('\n')[1]?.startsWith(hint)).toBe(true);
});

test('a digest that nothing has', () => {
  const digest = 'f'.repeat(64);
  expect(said(`nginx@sha256:${digest}`, FEW)).toBe(
    `The pack "nginx" has no release with the SHA-256 ${digest}.\nIt has 2.1.5, 1.3.1, 1.3.0, 1.2.0 (yanked), 1.0.0.`,
  );
});

test('the digest of a content that another one took the place of', () => {
  const digest = 'f'.repeat(64);
  const supersedes = [{ contentSha256: digest, message: 'A key was in it\u001b[2J', commit: 'a'.repeat(40) }];
  expect(said(`nginx@sha256:${digest}`, packDocument('nginx', [{ version: '1.0.0', supersedes }]))).toBe(
    `The content ${digest} of nginx 1.0.0 was replaced by another one: A key was in it\\u001b[2J\nIt has 1.0.0.`,
  );
});

test('what a hostile document says can be printed, and is short', () => {
  const reason = `\u001b]0;owned\u0007\n::error::${'x'.repeat(1e6)}`;
  const replacement = `${'y'.repeat(1e6)}@\u202e1.0.0\n`;
  const document = packDocument('nginx', [
    { version: `1.0.0\n\u001b[31m${'z'.repeat(1e5)}` },
    { version: '2.0.0', status: { state: 'yanked', reason, replacement } },
  ]);
  const texts = [said('nginx@2.x', document), said('nginx@9', document)];
  for (const text of texts) {
    expect(text.length).toBeLessThan(2000);
    // eslint-disable-next-line no-control-regex
    expect(text.replace('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/u);
  }
});

test('a pack of 20,000 releases is answered about', () => {
  const document = packDocument(
    'nginx',
    Array.from({ length: 20_000 }, (_, patch) => `1.0.${patch}`),
  );
  expect(said('nginx@2.x', document)).toContain('and 19990 more.');
  expect(said('nginx:1.0.x', document)).toBe('1.0.19999');
});
