import { describe, expect, test } from 'vitest';

import type { ExitCode } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { changedRepository } from '../helpers/changed-repository.ts';
import { soundPack, twoCommits } from '../helpers/diff-of.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { scratch } from '../helpers/scratch.ts';

interface Run {
  readonly status: ExitCode;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Run> {
  withEnvironment({ PACKYARD_CACHE_DIR: await scratch() });
  const terminal = recordedTerminal();
  const status = await runProgram(['diff', ...args], terminal);
  return { status, ...terminal.printed };
}

test('help has examples and says what the exit status means', async () => {
  expect((await run('--help')).out).toMatchInlineSnapshot(`
    "Usage: packyard diff [options] [base] [head]

    Says what a change does to the registry: releases added, refused and removed,
    what differs in each, new findings, and by how many bytes it grows.

    Arguments:
      base                   a commit, branch or tag to compare with; default: the
                             main branch
      head                   a commit, branch or tag with the change; default: the
                             work tree

    Options:
      --repo <dir>           a folder of the repository (default: ".")
      --supersede <release>  name@version whose content may change; may be repeated
      --format <format>      how to print it: text, markdown, json; default: text
      --no-cache             neither read nor write the cache
      --json                 the same as --format json
      -q, --quiet            print what is refused only
      -h, --help             display help for command

    Examples:
      packyard diff                           what your branch and work tree change
      packyard diff origin/release HEAD       what a branch changes, without the work tree
      packyard diff v1.2 v1.3                 from one tag to another
      packyard diff --format markdown origin/main HEAD > comment.md
                                              for a comment on a pull request

    BASE is where HEAD left that revision: what others changed there meanwhile is not shown.
    A release is refused for new errors, and for other content under a version that was there before.

    Exit status:
      0  done
      1  the answer is no: findings, not found, a release that would change
      2  could not run: usage, environment, input or output
      3  integrity or trust failure
    "
  `);
});

describe('what is printed', () => {
  test('is text, with progress beside it, and 1 where something is refused', async () => {
    const { path } = await changedRepository();
    const { status, out, err } = await run('--repo', path);
    expect(status).toBe(1);
    expect(out).toContain('2 releases added, 2 refused, 1 removed.');
    expect(err).toMatch(/^packs: 5\/5$/mu);
  });

  test('is 0 where nothing is refused', async () => {
    const { path } = await twoCommits(soundPack('a'), soundPack('b'));
    const { status, out } = await run('--repo', path, 'HEAD~1', 'HEAD', '--no-cache');
    expect(status).toBe(0);
    expect(out).toContain('── b@1.0.0 added\n');
    const quiet = await run('--repo', path, 'HEAD~1', '--quiet');
    expect(quiet).toEqual({ status: 0, out: '', err: '' });
  });

  test('is Markdown or JSON, and nothing beside it', async () => {
    const { path } = await changedRepository();
    const markdown = await run('--repo', path, '--format', 'markdown');
    expect(markdown).toMatchObject({ status: 1, err: '' });
    expect(markdown.out).toMatch(/^### packyard diff\n\n/u);
    const json = await run('--repo', path, '--json');
    expect(json).toMatchObject({ status: 1, err: '' });
    expect(JSON.parse(json.out)).toMatchObject({ format: 'packyard-diff/1', ok: false });
    expect((await run('--repo', path, '--format', 'json')).out).toBe(json.out);
  });

  test('is what is refused only with --quiet', async () => {
    const { path } = await changedRepository();
    const { status, out, err } = await run('--repo', path, '--quiet');
    expect({ status, err }).toEqual({ status: 1, err: '' });
    expect(out.match(/^── .*$/gmu)).toEqual(['── broken@1.0.0 added', '── frozen@1.0.0 changed']);
  });

  test('is less where content may change', async () => {
    const repository = await twoCommits(
      { ...soundPack('a'), ...soundPack('b') },
      { 'packs/a-1.0.0/README.md': 'new\n', 'packs/b-1.0.0/README.md': 'new\n' },
    );
    const args = ['--repo', repository.path, 'HEAD~1', '--supersede', 'a@1.0.0'];
    expect((await run(...args)).status).toBe(1);
    const { status, out } = await run(...args, '--supersede', 'b@1.0.0');
    expect(status).toBe(0);
    expect(out).toContain('2 releases superseded.');
  });
});

describe('it says why it cannot run', () => {
  const at = (path: string, { status, out, err }: Run): string => `${status}\n${out}${err}`.replaceAll(path, '<repo>');

  test('with a revision that is none', async () => {
    const { path } = await gitRepository(soundPack('a'));
    expect(at(path, await run('--repo', path, 'v9'))).toMatchInlineSnapshot(`
      "2
      error <repo> has no commit named "v9".
        → Name a branch, a tag or a commit that is here: \`git log --oneline\` lists commits, \`git fetch\` brings more.
      "
    `);
    expect(at(path, await run('--repo', path, '--', '--output=/tmp/x', 'HEAD'))).toMatchInlineSnapshot(`
      "2
      error <repo> has no commit named "--output=/tmp/x".
        → Name a branch, a tag or a commit that is here: \`git log --oneline\` lists commits, \`git fetch\` brings more.
      "
    `);
    expect(at(path, await run('--repo', path, 'HEAD', 'main..HEAD'))).toMatchInlineSnapshot(`
      "2
      error <repo> has no commit named "main..HEAD".
        → Name a branch, a tag or a commit that is here: \`git log --oneline\` lists commits, \`git fetch\` brings more.
      "
    `);
    expect(at(path, await run('--repo', path, 'a\nb', '--json'))).toMatchInlineSnapshot(`
      "2
      {
        "format": "packyard-error/1",
        "error": {
          "code": "unknown-revision",
          "message": "<repo> has no commit named \\"a\\\\nb\\".",
          "hint": "Name a branch, a tag or a commit that is here: \`git log --oneline\` lists commits, \`git fetch\` brings more."
        },
        "findings": []
      }
      "
    `);
  });

  test('without a main branch', async () => {
    const repository = await gitRepository(soundPack('a'));
    repository.git('branch', '--move', 'trunk');
    expect(at(repository.path, await run('--repo', repository.path))).toMatchInlineSnapshot(`
      "2
      error <repo> has no main branch to compare with: neither origin/HEAD, origin/main, main nor master is there.
        → Name the revision that the change begins at: \`packyard diff BASE\`; or fetch the branch: \`git fetch origin main\`.
      "
    `);
  });

  test('in a bare repository', async () => {
    const { path } = await gitRepository(soundPack('a'));
    expect(at(path, await run('--repo', `${path}/.git`))).toMatchInlineSnapshot(`
      "2
      error <repo>/.git is a bare repository: it has no work tree to compare.
        → Name both revisions: packyard diff main HEAD
      "
    `);
  });

  test('without a commit', async () => {
    const { path } = await gitRepository();
    expect(at(path, await run('--repo', path))).toMatchInlineSnapshot(`
      "2
      error <repo> has no commit yet.
        → A registry is made from a commit: \`git add packs\`, \`git commit\`, and run the command again.
      "
    `);
  });

  test('with a configuration that is none', async () => {
    const repository = await gitRepository({ ...soundPack('a'), 'registry.yaml': 'packs: 1\n' });
    expect(at(repository.path, await run('--repo', repository.path))).toMatchInlineSnapshot(`
      "2
      registry.yaml:1:8 error config/schema
        "packs" must be a list, not a number
        1 | packs: 1
          |        ^
        → schemas/registry.schema.json says what registry.yaml may hold.

      error registry.yaml has an error.
        → Mend it and run the command again; without the file, every setting has its default.
      "
    `);
  });

  test('with a format that is none, or one revision too many', async () => {
    expect(at('<none>', await run('--format', 'html'))).toMatchInlineSnapshot(`
      "2
      error Option '--format <format>' argument 'html' is invalid. It is one of text, markdown, json.
        → Run packyard diff --help to see what it takes.
      "
    `);
    expect(at('<none>', await run('a', 'b', 'c'))).toMatchInlineSnapshot(`
      "2
      error Too many arguments for 'diff'. Expected 2 arguments but got 3.
        → Run packyard diff --help to see what it takes.
      "
    `);
  });
});
