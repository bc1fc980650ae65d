import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import { brief } from './brief-findings.ts';
import { builtRegistry, flipped, written } from './built-registry.ts';

const ARTIFACT = 'packs/beta/1.0.0/beta-1.0.0.tar.gz';

describe('what is no plain file', () => {
  test.each([
    ['a file', ARTIFACT],
    ['the index', 'index.json'],
    ['a document', 'packs/beta/index.json'],
  ])('a link in the place of %s', async (_name, path) => {
    const folder = await written(await builtRegistry());
    renameSync(join(folder, path), join(folder, '../elsewhere'));
    symlinkSync(join(folder, '../elsewhere'), join(folder, path));
    const { ok, findings } = await verifyRegistry(folder, { cache: false });
    expect(ok).toBe(false);
    expect(brief(findings)).toEqual([`not-a-file ${path}`]);
    expect(findings[0]?.message).toBe('lies behind a link, where a registry has a plain file');
  });

  test('a folder, and a link that nothing leads to', async () => {
    const folder = await written(await builtRegistry());
    rmSync(join(folder, ARTIFACT));
    mkdirSync(join(folder, ARTIFACT));
    symlinkSync('/etc/passwd', join(folder, 'packs/beta/passwd'));
    const { findings } = await verifyRegistry(folder, { cache: false });
    expect(brief(findings)).toEqual([`not-a-file ${ARTIFACT}`, 'orphan packs/beta/passwd']);
    expect(findings[1]?.message).toBe('is a link, and is not part of the registry: nothing leads to it');
  });

  test.skipIf((process.getuid?.() ?? 0) === 0)('a file that may not be read', async () => {
    const folder = await written(await builtRegistry());
    chmodSync(join(folder, ARTIFACT), 0);
    const { findings } = await verifyRegistry(folder, { cache: false });
    expect(brief(findings)).toEqual([`unreadable ${ARTIFACT}`]);
  });
});

test('any flipped bit in a file that a hash leads to is found, at its path', async () => {
  const files = await builtRegistry();
  const folder = await written(files);
  const paths = [...files.keys()].filter((path) => path !== 'index.json');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.nat(7), async (path, at, bit) => {
      const bytes = files.get(path) ?? Buffer.alloc(0);
      writeFileSync(join(folder, path), flipped(bytes, at % bytes.length, bit));
      const { findings } = await verifyRegistry(folder, { cache: false });
      writeFileSync(join(folder, path), bytes);
      expect(findings.map((finding) => finding.path)).toContain(path);
    }),
    { numRuns: 150 },
  );
});

test('any flipped bit in what the index says of packs is found', async () => {
  const files = await builtRegistry();
  const folder = await written(files);
  const bytes = files.get('index.json') ?? Buffer.alloc(0);
  // What stands before is said nowhere else: the names of the registry and its commit.
  const start = bytes.indexOf('"search":');
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(7), async (at, bit) => {
      writeFileSync(join(folder, 'index.json'), flipped(bytes, start + (at % (bytes.length - 1 - start)), bit));
      const { findings } = await verifyRegistry(folder, { cache: false });
      expect(findings).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});
