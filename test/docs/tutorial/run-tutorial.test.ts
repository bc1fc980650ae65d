import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { withEnvironment } from '../../helpers/environment.ts';
import { PROJECT } from '../../helpers/project-documents.ts';
import { scratch } from '../../helpers/scratch.ts';
import { missingForGuides } from '../../helpers/tutorial/missing-for-guides.ts';
import { runTutorial, type TutorialOptions, type TutorialRun } from '../../helpers/tutorial/run-tutorial.ts';

async function guideOf(...lines: readonly string[]): Promise<string> {
  const file = join(await scratch(), 'guide.md');
  writeFileSync(file, `# Guide\n\nWrite \`a/b.txt\`:\n\n${lines.join('\n')}\n`);
  return file;
}

async function runLines(lines: readonly string[], options: TutorialOptions = {}): Promise<TutorialRun> {
  return runTutorial(await guideOf(...lines), options);
}

describe.skipIf(missingForGuides())('a tutorial', () => {
  it('runs in one shell, which keeps its folder and variables', async () => {
    const run = await runLines([
      '```txt a/b.txt',
      'there',
      '```',
      '',
      '    $ cd a',
      '    $ NAME=$(cat b.txt)',
      '    $ echo "$NAME in $PWD"',
      '    there in /home/ada/a',
    ]);
    expect(run).toMatchObject({ commands: 3, files: 1 });
    expect(readFileSync(join(run.home, 'a/b.txt'), 'utf8')).toBe('there\n');
  });

  it('shows both streams in their order, and gives nobody the commands that follow', async () => {
    await runLines([
      '    $ echo one; echo two >&2; echo three',
      '    one',
      '    two',
      '    three',
      '    $ cat',
      '    $ printf x',
      '    x',
    ]);
  });

  it('calls what is built packyard, also behind npx', async () => {
    await runLines(['    $ packyard --version', '    0.1.0', '    $ npx packyard --version', '    0.1.0']);
  });

  it('knows another name for what is really there', async () => {
    await runLines(
      [
        '    $ echo https://packs.example.org/x',
        '    https://packs.example.org/x',
        '    $ test "$(echo https://packs.example.org/x)" = http://there/x',
      ],
      {
        names: { 'https://packs.example.org': 'http://there' },
      },
    );
  });

  it('waits for what a command in the background prints, and ends it with the shell', async () => {
    const { home } = await runLines([
      '    $ (sleep 0.3; echo ready; sleep 60; touch late) &',
      '    ready',
      '    $ echo on',
      '    on',
    ]);
    expect(existsSync(join(home, 'late'))).toBe(false);
  });

  it('fails where a command prints something else, with the line of the guide and both sides', async () => {
    await expect(runLines(['    $ printf "one\\n2\\n"', '    one', '    two'])).rejects.toThrow(
      /guide\.md:5: \$ printf .*\nwhat it prints is not what the guide shows \(- guide, \+ printed\):\n {2}one\n- two\n\+ 2$/u,
    );
  });

  it('fails where a command prints what the guide leaves out, or does not print what it shows', async () => {
    await expect(runLines(['    $ echo one'])).rejects.toThrow('+ one');
    await expect(runLines(['    $ true', '    one'])).rejects.toThrow('- one');
  });

  it('fails where any line of a real guide is another one', async () => {
    const guide = readFileSync(join(PROJECT, 'docs/guides/run-a-registry.md'), 'utf8');
    const file = join(await scratch(), 'guide.md');
    writeFileSync(file, guide.replace('Made a Git repository in harbour.', 'Made no Git repository in harbour.'));
    await expect(runTutorial(file)).rejects.toThrow(
      /- Made no Git repository in harbour\.\n\+ Made a Git repository in harbour\.\n {2}\+ registry\.yaml\n/u,
    );
  });

  it('fails where a command ends with another status', async () => {
    await expect(runLines(['    $ echo no; false'])).rejects.toThrow(
      /: \$ echo no; false\nexit status 1 instead of 0/u,
    );
    await expect(runLines(['    $ true  # exit status 1'])).rejects.toThrow('exit status 0 instead of 1');
    await runLines(['    $ false  # exit status 1']);
  });

  it('fails where a command ends the shell', async () => {
    await expect(runLines(['    $ exit 0'])).rejects.toThrow('"exit 0" did not end within 60 s, or ended the shell.');
  });

  it('runs nothing of a guide with a block that it would not run', async () => {
    await expect(runLines(['    $ echo one', '', '```sh', 'ls', '```'])).rejects.toThrow(
      'nothing says that it is not run',
    );
  });

  it('changes the guide instead where it is told so, but not what a command ends with', async () => {
    withEnvironment({ PACKYARD_GUIDES: 'update' });
    const file = await guideOf(
      '    $ echo "in $HOME"; echo 2',
      '    in …',
      '',
      '    $ echo same',
      '    same',
      '',
      'End.',
    );
    await runTutorial(file);
    expect(readFileSync(file, 'utf8')).toMatch(/echo 2\n {4}in …\n {4}2\n\n {4}\$ echo same\n {4}same\n\nEnd\.\n$/u);
    await expect(runTutorial(await guideOf('    $ false'))).rejects.toThrow('exit status 1 instead of 0');
  });
});
