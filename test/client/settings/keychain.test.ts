import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { keychain } from '../../../src/client/settings/keychain.ts';
import { systemKeyring } from '../../../src/client/settings/system-keyring.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';

/** Does what security(1) says of the commands that are used, one item at most, and notes its arguments. */
const STAND_IN = `#!/bin/sh
cd "$(dirname "$0")"
printf '%s\\n' "$*" >> arguments
case "$1" in
  -i) sed -n 's/.* -w \\([0-9a-f]*\\)$/\\1/p' > item ;;
  find-generic-password) [ -f item ] || exit 44; cat item ;;
  delete-generic-password) [ -f item ] || exit 44; rm item ;;
esac
`;

test('the secret is no argument', async () => {
  requirePosix('scripts that are programs');
  const folder = await scratch();
  const program = join(folder, 'security');
  writeFileSync(program, STAND_IN);
  chmodSync(program, 0o755);
  const keyring = keychain({ PATH: process.env['PATH'] }, program);
  const address = 'https://a.example/';
  expect(await keyring.read(address)).toBeUndefined();
  await keyring.write(address, ' p"ä\\ss');
  expect(await keyring.read(address)).toBe(' p"ä\\ss');
  await keyring.remove(address);
  await keyring.remove(address);
  expect(await keyring.read(address)).toBeUndefined();
  const find = `find-generic-password -s packyard -a ${address} -w`;
  const remove = `delete-generic-password -s packyard -a ${address}`;
  expect(readFileSync(join(folder, 'arguments'), 'utf8').trim().split('\n')).toEqual([
    find,
    '-i',
    find,
    find,
    remove,
    remove,
    find,
  ]);
});

test('where it cannot be used', async () => {
  expect(await failureOf(keychain({}, '/nowhere/security').write('https://a.example/', 'x'))).toEqual({
    code: 'credentials-unusable',
    message: 'The keychain of this Mac could not be used.',
    hint: 'Unlock it and try again, or log in without --keyring.',
  });
});

test('which one a system has', () => {
  expect(systemKeyring({}, 'darwin')?.name).toBe('the keychain of this Mac');
  expect(systemKeyring({}, 'linux')?.name).toBe('the keyring of this system');
  expect(systemKeyring({}, 'win32')).toBeUndefined();
});
