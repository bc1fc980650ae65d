import { expect, test } from 'vitest';

import {
  isDockerConfig,
  isKeyBody,
  isLogin,
  isLongLived,
  isPrivateKey,
  isRandom,
  isRandomBase64,
  keyCharacters,
} from '../../../../src/check/rules/secrets/confirm.ts';
import { privateKeyBlock, randomText } from './secret-samples.ts';

const DAY = 86_400;

function base64(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
}

function token(payload: unknown): string {
  return `${base64({ alg: 'HS256' })}.${base64(payload)}.${randomText(43)}`;
}

test('a key is the same wherever it stands', () => {
  const body = randomText(120);
  const indented = `\n    # ${body.slice(0, 60)}\r\n    # ${body.slice(60)}\n`;
  expect(keyCharacters(indented)).toBe(body);
  expect(keyCharacters(`\\n${body.slice(0, 60)}\\n${body.slice(60)}\\n`)).toBe(body);
  expect(keyCharacters(`Version: GnuPG v2\n\n${body}`)).toBe(body);
});

test.each([
  ['a key', randomText(800), true],
  ['a short key', randomText(64), true],
  ['dots', `${randomText(64)}...`, false],
  ['a note', 'put the key of your certificate between these two lines, please', false],
  ['one character', 'A'.repeat(800), false],
  ['few characters', 'AbAcAd'.repeat(100), false],
  ['too little', randomText(40), false],
])('%s between the lines of a PEM block', (_, body, expected) => {
  expect(isKeyBody(body)).toBe(expected);
});

test('a PEM block in base64', () => {
  expect(isPrivateKey(base64(privateKeyBlock()))).toBe(true);
  expect(isPrivateKey(base64(privateKeyBlock('', 'x'.repeat(80))))).toBe(false);
  expect(isPrivateKey(base64(privateKeyBlock().replaceAll('PRIVATE KEY', 'CERTIFICATE')))).toBe(false);
});

test('random characters, and those of base64', () => {
  expect(isRandom(randomText(36))).toBe(true);
  expect(isRandom('ab'.repeat(18))).toBe(false);
  expect(isRandomBase64(randomText(40))).toBe(true);
  expect(isRandomBase64(randomText(40, '0123456789abcdef'))).toBe(false);
});

test.each([
  ['never expires', { sub: 'a' }, true],
  ['is valid for a year', { iat: 1_700_000_000, exp: 1_700_000_000 + 365 * DAY }, true],
  ['is valid for an hour', { iat: 1_700_000_000, exp: 1_700_003_600 }, false],
  ['expires at some time', { exp: 1_700_003_600 }, false],
  ['is an example', { sub: '1234567890', name: 'John Doe' }, false],
  ['has dates that are none', { iat: 'a', exp: 'b' }, false],
  ['holds no object', 'text', false],
  ['holds null', null, false],
])('a token that %s', (_, payload, expected) => {
  expect(isLongLived(token(payload))).toBe(expected);
});

test('what is no token at all', () => {
  expect(isLongLived('')).toBe(false);
  expect(isLongLived('a.!.c')).toBe(false);
});

test.each([
  ['robot:Tr0ub4dor&3x', true],
  ['robot:short', false],
  ['no colon in here', false],
  ['robot:your-password', false],
])('the login %j', (login, expected) => {
  expect(isLogin(base64(login))).toBe(expected);
});

test.each([
  ['a login', { auths: { 'ghcr.io': { auth: base64('robot:Tr0ub4dor&3x') } } }, true],
  ['a password', { auths: { 'ghcr.io': { username: 'robot', password: 'Tr0ub4dor&3x' } } }, true],
  ['a placeholder', { auths: { 'ghcr.io': { password: '<your-key>' } } }, false],
  ['nothing', { auths: {} }, false],
  ['null', { auths: { 'ghcr.io': null } }, false],
  ['a list', { auths: ['ghcr.io'] }, false],
  ['no object', [], false],
])('a configuration of Docker that holds %s', (_, config, expected) => {
  expect(isDockerConfig(base64(config))).toBe(expected);
});
