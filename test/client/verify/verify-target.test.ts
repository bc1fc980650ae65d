import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from 'vitest';

import { verifyTarget, type VerifyTarget } from '../../../src/client/verify/verify-target.ts';
import { PackyardError } from '../../../src/errors.ts';
import { scratch } from '../../helpers/scratch.ts';

async function folders(): Promise<string> {
  const cwd = await scratch();
  for (const [folder, file] of [
    ['registry', 'index.json'],
    ['pack', 'pack.json'],
    ['both', 'pack.json'],
    ['both', 'index.json'],
    ['neither', 'README.md'],
    ['nginx', 'pack.json'],
  ] as const) {
    mkdirSync(join(cwd, folder), { recursive: true });
    writeFileSync(join(cwd, folder, file), '{}');
  }
  writeFileSync(join(cwd, 'nginx-1.3.1.tar.gz'), '');
  return cwd;
}

test('what an argument means', async () => {
  const cwd = await folders();
  const cases: Readonly<Record<string, VerifyTarget>> = {
    'https://packs.example.com/x': { kind: 'registry', location: 'https://packs.example.com/x' },
    'HTTP://localhost:1': { kind: 'registry', location: 'HTTP://localhost:1' },
    registry: { kind: 'registry', location: join(cwd, 'registry') },
    'registry/index.json': { kind: 'registry', location: join(cwd, 'registry') },
    [pathToFileURL(join(cwd, 'registry')).href]: { kind: 'registry', location: join(cwd, 'registry') },
    pack: { kind: 'pack', path: join(cwd, 'pack') },
    [join(cwd, 'pack')]: { kind: 'pack', path: join(cwd, 'pack') },
    both: { kind: 'pack', path: join(cwd, 'both') },
    nginx: { kind: 'pack', path: join(cwd, 'nginx') },
    'nginx-1.3.1.tar.gz': { kind: 'archive', path: join(cwd, 'nginx-1.3.1.tar.gz') },
    community: { kind: 'named-registry', name: 'community' },
  };
  for (const [argument, expected] of Object.entries(cases)) expect(verifyTarget(argument, cwd)).toEqual(expected);
  expect(verifyTarget('.', join(cwd, 'pack'))).toEqual({ kind: 'pack', path: join(cwd, 'pack') });
});

test('what means nothing', async () => {
  const cwd = await folders();
  const failureOf = (argument: string): string => {
    try {
      return JSON.stringify(verifyTarget(argument, cwd));
    } catch (error) {
      if (!(error instanceof PackyardError)) throw error;
      expect(error.code).toBe('usage');
      expect(error.hint).toBe(
        'Name the folder of an unpacked pack, an archive of one, or a registry: its folder, its address or its name.',
      );
      return error.message.replaceAll(cwd, '<cwd>');
    }
  };
  expect(failureOf('neither')).toBe(
    '<cwd>/neither holds neither the index.json of a registry nor the pack.json of a pack.',
  );
  expect(failureOf('./none')).toBe('There is nothing at <cwd>/none.');
  expect(failureOf('a\u001b[31m')).toBe('There is nothing at <cwd>/a\u001b[31m.');
  expect(failureOf('file://host/x%zz')).toBe('The address names no folder of this machine.');
});
