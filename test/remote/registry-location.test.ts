import { posix, resolve, win32 } from 'node:path';

import { describe, expect, test } from 'vitest';

import { registryLocation } from '../../src/remote/registry-location.ts';
import { PackyardError } from '../../src/errors.ts';

function refusal(location: string): unknown {
  try {
    return registryLocation(location);
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    return { code: error.code, message: error.message, hint: error.hint, cause: error.cause };
  }
}

describe('directories of Windows', () => {
  test.each([
    [String.raw`C:\packs`, String.raw`C:\packs`],
    [String.raw`c:\packs\index.json`, String.raw`c:\packs`],
    ['C:/packs/', String.raw`C:\packs`],
    [String.raw`\\server\share\packs`, String.raw`\\server\share\packs`],
    [String.raw`\\server\share\packs\index.json`, String.raw`\\server\share\packs`],
    [String.raw`\\?\C:\packs`, String.raw`\\?\C:\packs`],
    ['file:///C:/packs/index.json', String.raw`C:\packs`],
    ['file:///c:/with%20space', String.raw`c:\with space`],
    ['file://server/share/packs', String.raw`\\server\share\packs`],
  ])('%s', (location, path) => {
    expect(registryLocation(location, win32)).toEqual({ kind: 'directory', path });
  });

  test('addresses stay addresses', () => {
    expect(registryLocation('https://example.org/C:/packs', win32)).toMatchObject({ kind: 'http' });
    expect(() => registryLocation('ftp://example.org', win32)).toThrow('over ftp');
    expect(() => registryLocation('file:////server/share', win32)).toThrow('names no directory of this machine');
  });

  test('elsewhere they are names', () => {
    const here = { kind: 'directory', path: posix.resolve(String.raw`C:\packs`) };
    expect(registryLocation(String.raw`C:\packs`, posix)).toEqual(here);
  });
});

describe('directories', () => {
  test.each([
    ['public', 'public'],
    ['public/', 'public'],
    ['./public/index.json', 'public'],
    ['index.json', '.'],
    ['a:b', 'a:b'],
    ['/srv/registry', '/srv/registry'],
    ['file:///srv/registry/index.json', '/srv/registry'],
    ['file:///srv/with%20space', '/srv/with space'],
  ])('%s', (location, path) => {
    expect(registryLocation(location)).toEqual({ kind: 'directory', path: resolve(path) });
  });
});

describe('hosts', () => {
  test.each([
    ['https://example.org', 'https://example.org/', undefined],
    ['HTTPS://Example.org/a/', 'https://example.org/a/', undefined],
    ['http://example.org:8080/a/index.json', 'http://example.org:8080/a/', undefined],
    ['https://example.org/index.json', 'https://example.org/', undefined],
    ['https://example.org/my-index.json', 'https://example.org/my-index.json/', undefined],
    ['https://me:pass@example.org/a', 'https://example.org/a/', 'me:pass'],
    ['https://token@example.org/a', 'https://example.org/a/', 'token:'],
    ['https://:pass@example.org/a', 'https://example.org/a/', ':pass'],
    ['https://m%40e:p%3A%C3%A4@example.org/', 'https://example.org/', 'm@e:p:ä'],
  ])('%s', (location, base, login) => {
    const { kind, ...rest } = registryLocation(location);
    expect(kind).toBe('http');
    expect(rest).toEqual({
      base: new URL(base),
      ...(login !== undefined && { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
    });
  });
});

const HINT = 'Name a directory, or an address that begins with https:// or http://.';

test('many slashes take no time', () => {
  const slashes = '/'.repeat(4000);
  for (let count = 0; count < 500; count += 1)
    registryLocation(`https://example.org${slashes}a${slashes}`.slice(0, 4096));
  expect(registryLocation('https://example.org/a///')).toEqual(registryLocation('https://example.org/a'));
});

describe('neither', () => {
  test.each([
    ['', 'The address of the registry is empty.', HINT],
    [
      `https://example.org/${'s3cr3t'.repeat(1000)}`,
      'The address of the registry is longer than 4096 characters.',
      HINT,
    ],
    ['ftp://me:s3cr3t@example.org/', 'A registry cannot be read over ftp.', HINT],
    ['me:s3cr3t@example.org/a', 'The address of the registry has no https:// in front of a login.', HINT],
    ['s3://bucket/key', 'A registry cannot be read over s3.', HINT],
    ['https://', 'https:// is not a valid address.', HINT],
    ['https://me:s3cr3t@', 'https://…@ is not a valid address.', HINT],
    ['https://me:s3/cr3t@example.org/a', 'https://…@example.org/a is not a valid address.', HINT],
    ['https://me:s3cr3t@exa mple/?s3cr3t', 'https://…@exa mple/ is not a valid address.', HINT],
    ['file://me:s3cr3t@host/a', 'file://…@host/a names no directory of this machine.', HINT],
    [
      'https://me:s3cr3t@example.org/a?key=s3cr3t#s3cr3t',
      'The address of a registry holds no "?" or "#": https://example.org/a?…',
      'Links in a registry are relative to its address, and would lose what follows.',
    ],
    [
      'https://me:s3cr3t%zz@example.org/',
      'User name or password in the address of the registry holds a "%" that stands for nothing.',
      'Write it as %25.',
    ],
  ])('%j', (location, message, hint) => {
    const refused = refusal(location);
    expect(refused).toEqual({ code: 'usage', message, hint, cause: undefined });
    expect(JSON.stringify(refused)).not.toMatch(/s3cr3t|s3\/cr3t/u);
  });
});
