import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseNetrc } from '../../../src/client/settings/netrc.ts';

const HOST = { machine: 'a.example', login: 'me', password: 'x' };

describe('what is understood', () => {
  test.each([
    ['', []],
    ['machine a.example login me password x', [HOST]],
    ['machine A.Example\n\tlogin me\r\n\tpassword x\n', [HOST]],
    ['# all\nmachine a.example # one\nlogin me password x # two', [HOST]],
    ['machine a.example login me password #x', [{ ...HOST, password: '#x' }]],
    ['machine a.example password x', [{ ...HOST, login: '' }]],
    ['machine a.example login me', []],
    ['machine a.example login me account q password x', [HOST]],
    ['machine a.example login "m e" password "x\\"y\\\\"', [{ ...HOST, login: 'm e', password: 'x"y\\' }]],
    [
      'machine a.example login me password x default login you password y',
      [HOST, { machine: undefined, login: 'you', password: 'y' }],
    ],
    ['macdef init\ncd /\nmachine b password y\n\nmachine a.example login me password x', [HOST]],
    ['machine a.example login me password x\nmacdef init\nquit', [HOST]],
    ['machine default login me password x', [{ ...HOST, machine: 'default' }]],
    ['machine login login me password x', [{ ...HOST, machine: 'login' }]],
  ])('%j', (text, logins) => {
    expect(parseNetrc(text)).toEqual({ logins });
  });
});

describe('what is not', () => {
  const wanted = 'a word stands where "machine", "login" or "password" is wanted';
  test.each([
    ['machine a.example login me password x\nmachine b password y\nhello', [HOST], { line: 3, what: wanted }],
    ['machine a.example login me password x y', [], { line: 1, what: wanted }],
    ['\n\nmachine', [], { line: 3, what: 'nothing follows "machine"' }],
    ['login me', [], { line: 1, what: '"login" stands before any "machine"' }],
    ['machine a.example password "x', [], { line: 1, what: 'nothing follows "password"' }],
    ['"machine" a.example', [], { line: 1, what: wanted }],
    ['macdef a\nx\n\n\nhello', [], { line: 5, what: wanted }],
  ])('%j', (text, logins, problem) => {
    expect(parseNetrc(text)).toEqual({ logins, problem });
  });
});

test('what was written is read again', () => {
  const word = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.includes('\u0000'));
  const quoted = (text: string): string =>
    `"${text.replaceAll(/["\\]/gu, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`;
  fc.assert(
    fc.property(
      fc.array(fc.record({ machine: word.map((text) => text.toLowerCase()), login: word, password: word })),
      (logins) => {
        const text = logins.map(
          (each) => `machine ${quoted(each.machine)} login ${quoted(each.login)} password ${quoted(each.password)}\n`,
        );
        expect(parseNetrc(text.join(''))).toEqual({ logins });
      },
    ),
  );
});

test('no text makes it fail or wait', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('machine', 'default', 'macdef', 'login', 'password', '"', '\\', '#', '\n', ' ', 'x')),
      (words) => {
        const { logins } = parseNetrc(words.join(''));
        expect(Array.isArray(logins)).toBe(true);
      },
    ),
  );
  const spaced = 'machine a\n'.repeat(100_000);
  expect(parseNetrc(spaced)).toEqual({ logins: [] });
  expect(parseNetrc(`macdef a\n${' \t'.repeat(100_000)}`)).toEqual({ logins: [] });
});
