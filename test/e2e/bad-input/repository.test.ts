import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCli, transcript } from '../../helpers/cli.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { buildTranscript, transcriptOf } from '../../helpers/refused-build.ts';
import { scratch } from '../../helpers/scratch.ts';

describe('packyard build says why it cannot read', () => {
  test('a folder that is in no repository', async () => {
    const folder = await scratch();
    const result = await runCli(['build'], { cwd: folder, env: { GIT_CEILING_DIRECTORIES: join(folder, '..') } });
    expect(transcript(result, { folder })).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <folder> is not in a Git repository.
        → Packs are read from Git. Run \`git init\`, commit the packs, and run the command again; or name a repository with --repo."
    `);
  });

  test('a folder that does not exist', async () => {
    const folder = await scratch();
    const result = await runCli(['build', '--repo', join(folder, 'none')], { cwd: folder });
    expect(transcript(result, { folder })).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <folder>/none is not a directory.
        → Name the folder of a Git repository with --repo, or run the command inside one."
    `);
  });

  test('without Git on the PATH', async () => {
    const { path } = await gitRepository(packFiles('packs/demo'));
    const result = await runCli(['build'], { cwd: path, env: { PATH: await scratch() } });
    expect(transcript(result, { repo: path })).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error Git was not found.
        → Install Git 2.30 or newer and put it on the PATH."
    `);
  });

  test('a repository without a commit', async () => {
    const repository = await gitRepository();
    repository.write(packFiles('packs/demo'));
    expect(await buildTranscript(repository)).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <repo> has no commit yet.
        → A registry is made from a commit: \`git add packs\`, \`git commit\`, and run the command again."
    `);
  });

  test('an unknown revision', async () => {
    expect(await transcriptOf(packFiles('packs/demo'), ['--rev', 'v9'])).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <repo> has no commit named "v9".
        → Name a branch, a tag or a commit that is here: \`git log --oneline\` lists commits, \`git fetch\` brings more."
    `);
  });

  test('a revision that looks like an option', async () => {
    expect(await transcriptOf(packFiles('packs/demo'), ['--rev=--upload-pack=x'])).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <repo> has no commit named "--upload-pack=x".
        → Name a branch, a tag or a commit that is here: \`git log --oneline\` lists commits, \`git fetch\` brings more."
    `);
  });

  test('a repository without packs', async () => {
    expect(await transcriptOf({ 'README.md': '# Nothing\n' })).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <repo> has no packs in commit <commit>: nothing that packs/* or packs/*/* names holds a pack.json.
        → Add a pack, or set "packs" in registry.yaml to the globs of your pack directories."
    `);
  });

  test('a revision without packs', async () => {
    const repository = await gitRepository({ 'README.md': '# Nothing\n' });
    repository.commit(packFiles('packs/demo'));
    expect(await buildTranscript(repository, ['--rev', 'HEAD~1'])).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <repo> has no packs in commit <commit>: nothing that packs/* or packs/*/* names holds a pack.json.
        → Add a pack, or set "packs" in registry.yaml to the globs of your pack directories."
    `);
  });

  test('a bare repository without a revision', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const bare = join(await scratch(), 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.path, bare);
    const result = await runCli(['build', '--repo', bare], { cwd: repository.path });
    expect(transcript(result, { bare })).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <bare> is a bare repository: it has no work tree to build from.
        → Name a commit: --rev HEAD"
    `);
  });

  test('a repository whose objects are damaged', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const blob = repository.git('rev-parse', 'HEAD:packs/demo/values.yaml');
    repository.write({ [join('.git/objects', blob.slice(0, 2), blob.slice(2))]: null });
    expect(await buildTranscript(repository, ['--rev', 'HEAD'])).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error Git object <oid> is missing.
        → The repository may be damaged or incomplete: run \`git fsck\`, or fetch it again."
    `);
  });
});
