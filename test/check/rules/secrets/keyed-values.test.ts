import { expect, test } from 'vitest';

import { keyedValues } from '../../../../src/check/rules/secrets/keyed-values.ts';

function pairs(text: string): string[] {
  return [...keyedValues(text)].map(({ key, value, start }) => {
    expect(text.slice(start, start + value.length)).toBe(value);
    return `${key}=${value}`;
  });
}

test.each([
  ['password: one', 'password=one'],
  ['  adminPassword:   "a b"  # why', 'adminPassword=a b'],
  ["- 'api-key': 'one'", 'api-key=one'],
  ['"token": "one",', 'token=one'],
  ['token: one,', 'token=one'],
  ['secret: one # why', 'secret=one'],
  ['secret: one#two', 'secret=one#two'],
  ['export DB_PASSWORD=one', 'DB_PASSWORD=one'],
  ['SECRET_KEY_BASE = one\r', 'SECRET_KEY_BASE=one'],
  ['auth.clientSecret: one', 'auth.clientSecret=one'],
  ['aws_secret_access_key = one', 'aws_secret_access_key=one'],
])('%j', (line, pair) => {
  expect(pairs(`a: b\n${line}\nc: d\n`)).toEqual([pair]);
  expect(pairs(line)).toEqual([pair]);
});

test.each([
  '# password: one',
  'password:',
  'password: "open',
  'passwordFile: /run/one',
  'secretName: one',
  'tokenPath: one',
  'existingSecretKey2: one',
  'note: the password: one',
  'key: one',
  'name: one',
  'keyboard: one',
  '',
])('%j has none', (line) => {
  expect(pairs(`a: b\n${line}\nc: d\n`)).toEqual([]);
});

test('the name of an entry of env is the key of its value', () => {
  expect(pairs('env:\n- name: DB_PASSWORD\n  value: one\n- name: "X_TOKEN"\r\n  value: "two"\r\n')).toEqual([
    'DB_PASSWORD=one',
    'X_TOKEN=two',
  ]);
});

test('a name without a value right below it is none', () => {
  expect(pairs('- name: DB_PASSWORD\n  valueFrom:\n    value: one\n')).toEqual([]);
  expect(pairs('- name: DB_PASSWORD')).toEqual([]);
  expect(pairs('- value: one\n  name: DB_PASSWORD\n')).toEqual([]);
});

test('templates and further documents are no obstacle', () => {
  expect(pairs('{{- if .x }}\npassword: one\n---\n{{ end }}\ntoken: two\n')).toEqual(['password=one', 'token=two']);
});

test('long lines are data', () => {
  expect(pairs(`password: ${'x'.repeat(5000)}\ntoken: one`)).toEqual(['token=one']);
});

test('one line of a hundred thousand keys is looked at once', () => {
  expect(pairs('password: '.repeat(100_000))).toEqual([]);
});
