import { chmodSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { buildTranscript } from '../../helpers/refused-build.ts';
import { boundByPermissions } from '../../helpers/sandbox.ts';

const bound = boundByPermissions();

describe.skipIf(bound === undefined)('where permissions bind (elsewhere skipped: no setpriv)', () => {
  test.each([
    ['that Git tracks', 'packs/demo', '.'],
    ['that Git does not know yet', 'packs/fresh', 'packs/demo'],
  ])('a pack %s, in a folder that may not be read', async (_which, directory, committed) => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.write(packFiles('packs/fresh', { name: 'fresh' }));
    repository.git('add', committed);
    const closed = join(repository.path, directory);
    chmodSync(closed, 0o000);
    onTestFinished(() => chmodSync(closed, 0o755));
    const said = await buildTranscript(repository, ['--quiet'], { wrapper: bound ?? [] });
    expect(said.replace(directory, '<directory>')).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error "<directory>/" cannot be read: Permission denied.
        → Give yourself the right to read it, name it in .gitignore, or read a commit with --rev HEAD."
    `);
  });
});
