import { array, assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';

import { DETECTORS } from '../../../../src/check/rules/secrets/detectors.ts';
import { secretsIn } from '../../../../src/check/rules/secrets/secrets-in.ts';
import { joined, privateKeyBlock, randomText } from './secret-samples.ts';

const TOKEN = joined('ghp_', randomText(36));

test('what is known by its form is not said twice', () => {
  expect(secretsIn(`token: ${TOKEN}\n`).map(({ rule }) => rule)).toEqual(['secrets/token']);
  expect(secretsIn(`token: https://x:${TOKEN}@example.org/a1\n`).map(({ rule }) => rule)).toEqual(['secrets/token']);
});

test('they come in the order of the text', () => {
  const text = `password: ${randomText(20)}\n${privateKeyBlock()}\ntoken: ${TOKEN}\n`;
  expect(secretsIn(text).map(({ rule }) => rule)).toEqual([
    'secrets/high-entropy',
    'secrets/private-key',
    'secrets/token',
  ]);
});

test('prose is full of examples, but not of real tokens', () => {
  const text = `token: ${TOKEN}\npassword: ${randomText(20)}\n`;
  expect(secretsIn(text, true).map(({ rule }) => rule)).toEqual(['secrets/token']);
});

test.each([
  [`# Example:\n# token: ${TOKEN}`, 0],
  [`  # sample-token: ${TOKEN}`, 0],
  [`// dummy ${TOKEN}`, 0],
  [`# token: ${TOKEN}`, 1],
  [`# Example:\ntoken: ${TOKEN}`, 1],
  [`# Example:\n#\n# token: ${TOKEN}`, 1],
])('%j', (text, count) => {
  expect(secretsIn(text)).toHaveLength(count);
});

test.each([
  'AKIA234567ABCDEFGHIJ ',
  '-----BEGIN RSA PRIVATE KEY-----',
  `-----BEGIN PRIVATE KEY-----${'a'.repeat(17_000)}`,
  'xoxb-12345678-',
  'eyJaaaaaaaaaa.',
  'eyJaaaaaaaaaa.eyJaaaaaaaaaa. ',
  'LS0tLS1CRUdJTi',
  'dockerconfigjson:eyJ',
  'service_account"private_key":"-----BEGIN PRIVATE KEY-----',
  'password: ',
  'password: aB3dE5gH7jK9mN1pQ\n',
  `${'A'.repeat(100)}: `,
  '\n',
])('a megabyte of %j takes no time to speak of', (part) => {
  const text = part.repeat(Math.ceil(1_048_576 / part.length));
  expect(secretsIn(text)).toBeInstanceOf(Array);
});

test('secrets never overlap, whatever the text is', () => {
  const marks = DETECTORS.flatMap(({ marks: own }) => own);
  const part = oneof(
    constantFrom(...marks, TOKEN, privateKeyBlock(), '\n', ': ', '"', 'password: '),
    nat(90).map((length) => randomText(length)),
    string(),
  );
  assert(
    property(array(part, { maxLength: 12 }), (parts) => {
      let end = 0;
      for (const secret of secretsIn(parts.join(''))) {
        expect(secret.start).toBeGreaterThanOrEqual(end);
        expect(secret.end).toBeGreaterThan(secret.start);
        end = secret.end;
      }
    }),
  );
});
