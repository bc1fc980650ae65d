import { describe, expect, test } from 'vitest';

import { readValues, shownChanges } from '../../../src/build/diff/shown-changes.ts';
import { valueShower } from '../../../src/build/diff/shown-value.ts';

const TOKEN = `ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)}`;
const PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7Vb9k2Qx4yZ8T'.repeat(3)}\n-----END PRIVATE KEY-----\n`;

function shown(value: unknown, key = 'x'): unknown {
  return valueShower([]).show(value, key);
}

describe('a value is shown as JSON in one line', () => {
  test.each([
    ['a\nb"c', '"a\\nb\\"c"'],
    [1.5, '1.5'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [[1, [2], {}], '[1, [2], {}]'],
    [{ a: 1, 'b c': [null] }, '{"a": 1, "b c": [null]}'],
  ])('%j', (value, text) => {
    expect(shown(value)).toEqual({ text });
  });

  test('cut where it is long', () => {
    expect(shown('x'.repeat(10_000_000))).toEqual({ text: `"${'x'.repeat(98)}…` });
    expect(shown(Array.from({ length: 1_000_000 }, () => ({ a: 1 })))).toEqual({
      text: `[${'{"a": 1}, '.repeat(9)}{"a": 1}…`,
    });
    expect(shown({ ['k'.repeat(1_000_000)]: 1 })).toEqual({ text: `{"${'k'.repeat(97)}…` });
  });
});

describe('a secret is hidden', () => {
  const hidden = { text: '***', hidden: true };

  test.each([
    ['by its form', TOKEN, 'x'],
    ['of several lines', PRIVATE_KEY, 'x'],
    ['because it looks random', 'f83hJ2kd93Lq0ZxV7bNm', 'password'],
    ['because its key says so', 'correct horse', 'adminPassword'],
    ['because its key says so, as a number', 123_789, 'password'],
  ])('%s', (_what, value, key) => {
    expect(shown(value, key)).toEqual(hidden);
  });

  test.each([
    ['nothing', '', 'password'],
    ['what stands for one', '{{ .Values.password }}', 'password'],
    ['a switch', true, 'password'],
    ['a name of one', 'admin-login', 'passwordSecretName'],
  ])('%s is none', (_what, value, key) => {
    expect(shown(value, key)).toEqual({ text: JSON.stringify(value) });
  });

  test('within other values, and as a key', () => {
    expect(shown([{ a: 1, token: 'hunter22' }, TOKEN])).toEqual({ text: '[{"a": 1, "token": ***}, ***]' });
    expect(shown({ [TOKEN]: 1 })).toEqual({ text: '{***: ***}' });
    expect(shown([{ name: 'API_TOKEN', value: 'hunter22' }])).toEqual({
      text: '[{"name": "API_TOKEN", "value": ***}]',
    });
    expect(valueShower([]).path(['a', TOKEN, 0])).toEqual(['a', '***', 0]);
  });

  test('that is told by what stands beside it in the document', () => {
    const secret = 'wJalrXUtnFEMIzK7MDENGbPxRfiCY3k9QwZtLm2s';
    const text = `a:\n  id: AKIAQ3EGRZ5XVN2KTW7L\n  other: ${secret}\n`;
    expect(valueShower([text]).show(secret, 'other')).toEqual(hidden);
    expect(valueShower([text]).show(`x ${secret} y`, 'other')).toEqual(hidden);
  });
});

test('changes of a document, as they are shown', () => {
  const [before, after] = ['a: 1\nloginToken: old-one\n', `b: {c: "${TOKEN}"}\nloginToken: new-one\n`].map((text) =>
    readValues(Buffer.from(text)),
  );
  if (before === undefined || after === undefined) throw new Error('it is YAML');
  expect(shownChanges(before, after)).toEqual({
    items: [
      { path: 'a', before: { text: '1' } },
      { path: 'loginToken', before: { text: '***', hidden: true }, after: { text: '***', hidden: true } },
      { path: 'b', after: { text: '{"c": ***}' } },
    ],
    more: 0,
  });
});

test('what cannot be read has no values', () => {
  expect(readValues(undefined)).toBeUndefined();
  expect(readValues(Buffer.from([0xff]))).toBeUndefined();
  expect(readValues(Buffer.from('a: ['))).toBeUndefined();
  expect(readValues(Buffer.of())).toEqual({ text: '', value: {} });
});

test('only the first of very many changes are kept', () => {
  const many = Array.from({ length: 1000 }, (_, index) => `key${index}: 1\n`).join('');
  const [none, all] = [readValues(Buffer.of()), readValues(Buffer.from(`${many}? ${'k'.repeat(500)}\n: 1\n`))];
  if (none === undefined || all === undefined) throw new Error('it is YAML');
  expect(shownChanges(none, all)).toMatchObject({ items: { length: 200 }, more: 801 });
  const [long] = shownChanges(none, { text: '', value: { ['k'.repeat(500)]: 1 } }).items;
  expect(long?.path).toBe(`${'k'.repeat(199)}…`);
});
