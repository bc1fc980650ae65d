import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { editStoredLogins, readStoredLogins } from '../../../src/client/settings/credentials-file.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { POSIX, requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';
import { settingsHome } from '../../helpers/settings-home.ts';

const LOGIN = { kind: 'token', secret: 's3cr3t' } as const;
const HOST = 'https://a.example/';

test('only the user can read what is stored', async () => {
  const folder = join(await scratch(), 'new', 'packyard');
  await editStoredLogins(folder, (logins) => void logins.set(HOST, LOGIN));
  const file = join(folder, 'credentials.json');
  if (POSIX) expect([statSync(folder).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(readdirSync(folder)).toEqual(['credentials.json']);
  expect(Object.fromEntries(await readStoredLogins(folder))).toEqual({ [HOST]: LOGIN });
  await editStoredLogins(folder, (logins) => void logins.delete(HOST));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ logins: {} });
});

test('a link is followed, not replaced', async () => {
  const [folder, elsewhere] = [await scratch(), await scratch()];
  writeFileSync(join(elsewhere, 'real.json'), '{}', { mode: 0o600 });
  symlinkSync(join(elsewhere, 'real.json'), join(folder, 'credentials.json'));
  await editStoredLogins(folder, (logins) => void logins.set(HOST, LOGIN));
  expect(readFileSync(join(elsewhere, 'real.json'), 'utf8')).toContain('s3cr3t');
});

test.each([0o640, 0o604, 0o622, 0o644])('one that others can read or change (%o) is not used', async (mode) => {
  requirePosix('modes');
  const { folder, credentials } = await settingsHome();
  const file = credentials({ [HOST]: LOGIN });
  chmodSync(file, mode);
  const failure = {
    code: 'credentials-unusable',
    message: `${file} is not used: others on this machine can read or change it (mode ${mode.toString(8)}).`,
    hint: `Run: chmod 600 ${file}. Whoever may have read it has your logins: replace them.`,
  };
  expect(await failureOf(readStoredLogins(folder))).toEqual(failure);
  expect(await failureOf(editStoredLogins(folder, () => undefined))).toEqual(failure);
});

test('where it cannot be written', async () => {
  const folder = await scratch();
  writeFileSync(join(folder, 'file'), '');
  expect(await failureOf(editStoredLogins(join(folder, 'file'), () => undefined))).toMatchObject({
    code: 'credentials-unusable',
    message: `${join(folder, 'file', 'credentials.json')} cannot be written (EEXIST).`,
  });
  mkdirSync(join(folder, 'credentials.json'), { mode: 0o700 });
  expect((await failureOf(readStoredLogins(folder))).message).toBe(
    `${join(folder, 'credentials.json')} cannot be read (EISDIR).`,
  );
});

describe('damaged', () => {
  const HINT = 'Mend the file, or remove it and log in again: packyard login NAME';
  test.each([
    [[], ':1:11: "logins" is a list, not an object.'],
    [{ 'a.example': LOGIN }, ':1:24: "a.example" is no address with "/" at its end.'],
    [{ 'https://a.example': LOGIN }, ':1:32: "https://a.example" is no address with "/" at its end.'],
    [{ [HOST]: 's3cr3t' }, ':1:33: "https://a.example/" is a string, not a login.'],
    [{ [HOST]: { kind: 'magic', secret: 's3cr3t' } }, ':1:33: "https://a.example/" is a login of no known kind.'],
    [{ [HOST]: { kind: 'token' } }, ':1:33: "https://a.example/" has no secret.'],
    [{ [HOST]: { kind: 'token', secret: '' } }, ':1:33: "https://a.example/" has a secret that is empty.'],
    [{ [HOST]: { kind: 'basic', secret: 's3cr3t' } }, ':1:33: "https://a.example/" has no user name.'],
    [
      { [HOST]: { kind: 'header', header: 'Host', secret: 's3cr3t' } },
      ':1:33: "https://a.example/" names no header that can carry a login.',
    ],
    [
      { [HOST]: { kind: 'header', header: 'X', secret: 's3cr3t\r\nHost: evil' } },
      ':1:33: "https://a.example/" has a secret that holds a line break or another control character.',
    ],
  ])('%j', async (logins, message) => {
    const { folder, credentials } = await settingsHome();
    const file = credentials(logins);
    const failure = await failureOf(readStoredLogins(folder));
    expect(failure).toEqual({ code: 'credentials-unusable', message: `${file}${message}`, hint: HINT });
    expect(failure.message).not.toContain('s3cr3t');
  });
});
