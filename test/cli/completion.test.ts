import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Command } from 'commander';
import { describe, expect, test } from 'vitest';

import { choice, collect } from '../../src/cli/arguments.ts';
import { completionScript } from '../../src/cli/completion/completion-script.ts';
import { runProgram } from '../../src/cli/program.ts';
import { RULE_IDS } from '../../src/check/catalog.ts';
import { allDefinitions } from '../helpers/all-commands.ts';
import { runCli } from '../helpers/cli.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { PEERS_REQUIRED } from '../helpers/peers.ts';
import { publishedRegistry, writePublished } from '../helpers/published-registry.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { scratch } from '../helpers/scratch.ts';
import { completionsIn, hasProgram, type Shell } from '../helpers/shell-completion.ts';

const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];
const HOSTILE = '$(touch${IFS}pwned)';

async function scriptOf(shell: Shell): Promise<string> {
  const terminal = recordedTerminal();
  expect(await runProgram(['completion', shell], terminal)).toBe(0);
  expect(terminal.printed.err).toBe('');
  return terminal.printed.out;
}

test.each(SHELLS)('the script for %s is the same each time', async (shell) => {
  expect(await scriptOf(shell)).toBe(await scriptOf(shell));
});

/** A file or folder alike in every shell: without quoting and the slash behind it, and without a flag before it. */
function bare(word: string): string {
  return word
    .replaceAll('\\', '')
    .replace(/^--[a-z-]+=/u, '')
    .replace(/\/$/u, '');
}

/** What is offered at the end of each line that is asked for, hidden files left out. */
async function offers(shell: Shell, lines: readonly string[]): Promise<Record<string, readonly string[]>> {
  const [script, own] = [await scriptOf(shell), await scratch()];
  const { path } = await gitRepository({ 'packs/a/pack.json': '{}', 'notes.txt': '', 'two words/x.txt': '' });
  for (const branch of [HOSTILE, 'topic']) execFileSync('git', ['-C', path, 'branch', branch]);
  const env = { PACKYARD_CONFIG_DIR: join(own, 'config'), PACKYARD_CACHE_DIR: join(own, 'cache') };
  const registry = await scratch();
  writePublished(publishedRegistry(), registry);
  expect((await runCli(['registry', 'add', 'work', registry, '--default'], { env })).status).toBe(0);
  expect((await runCli(['list'], { env })).status).toBe(0);
  const typed = lines.map((line) => `packyard ${line}`);
  const answers = completionsIn(shell, typed, { script, cwd: path, own });
  expect(existsSync(join(path, 'pwned'))).toBe(false);
  const shown = answers.map((words) => words.map(bare).filter((word) => !word.startsWith('.')));
  return Object.fromEntries(lines.map((line, index) => [line, shown[index] ?? []]));
}

const NAMES = (await allDefinitions()).filter(({ path }) => path.length === 1).map(({ path }) => path[0] ?? '');

/** By the line behind `packyard`. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  // Commands, and commands of commands
  '': [...NAMES, 'help'],
  pu: NAMES.filter((name) => name.startsWith('pu')),
  'registry ': ['add', 'list', 'remove', 'show'],
  'cache c': ['clear'],
  'help ': NAMES,
  'help verif': ['verify'],
  'help registry ': ['add', 'list', 'remove', 'show'],
  'help registry a': ['add'],
  // Flags of a command, also behind others and their values
  'build --dry': ['--dry-run'],
  'build --out build --tim': ['--timings'],
  'build --out=build --tim': ['--timings'],
  'registry add --ca': ['--ca-file'],
  'registry add work https://packs.example.org --proj': ['--project'],
  'cache dir --ou': [],
  'check -- --str': [],
  // Words that a flag or an argument takes
  'list --layer ': ['addon', 'cni', 'csi', 'k8s', 'kernel', 'os'],
  'search x --layer c': ['cni', 'csi'],
  'search x --layer=c': ['cni', 'csi'],
  'check --format=': ['github', 'json', 'junit', 'markdown', 'sarif', 'text'],
  'yank --state dis': ['disabled'],
  'completion ': ['bash', 'fish', 'zsh'],
  'explain chart/m': RULE_IDS.filter((rule) => rule.startsWith('chart/m')),
  // Files and folders
  'check n': ['notes.txt'],
  'check ': ['notes.txt', 'packs', 'two words'],
  'check -- n': ['notes.txt'],
  'build --out ': ['packs', 'two words'],
  'build --out=': ['packs', 'two words'],
  'build --out=pa': ['packs'],
  'check --baseline not': ['notes.txt'],
  'registry add work pac': ['packs'],
  'build --message ': [],
  // Branches and tags, none of which is obeyed
  'build --rev ': [HOSTILE, 'main', 'topic'],
  'diff top': ['topic'],
  'check pw': [],
  // Registries and packs that are known without asking
  'registry show ': ['work'],
  'list --registry wo': ['work'],
  'verify no': ['notes.txt'],
  'info ': ['demo'],
  'pull de': ['demo'],
};

describe.each(SHELLS)('%s', (shell) => {
  const present = hasProgram(shell);
  if (!present && PEERS_REQUIRED) test('is there', () => expect.fail(`${shell} is missing`));

  test.runIf(present)('reads the script', async () => {
    const file = join(await scratch(), 'checked');
    writeFileSync(file, await scriptOf(shell));
    expect(() => execFileSync(shell, ['-n', file], { stdio: 'pipe' })).not.toThrow();
  });

  test.runIf(present)('offers what fits', async () => {
    const sorted = Object.entries(EXPECTED).map(([line, words]) => [line, words.toSorted()]);
    expect(await offers(shell, Object.keys(EXPECTED))).toEqual(Object.fromEntries(sorted));
  });

  test.runIf(present)('words that shells would take for something else are words', async () => {
    const text = `it's "odd": [a] \\ $(touch pwned) \`touch pwned\` %s {a,b} *`;
    const program = new Command('packyard');
    program
      .command('odd')
      .description(text)
      .summary(text)
      .argument('[kind]', text, choice(['a:b', 'c']))
      .option('-o, --option <word>', text, collect)
      .option('--plain', text);
    const options = { script: completionScript(shell, program), cwd: await scratch(), own: await scratch() };
    const lines = ['packyard odd ', 'packyard odd --p'];
    expect(completionsIn(shell, lines, options)).toEqual([['a:b', 'c'], ['--plain']]);
  });
});

test.runIf(hasProgram('shellcheck'))('shellcheck finds nothing in the script for bash', async () => {
  const input = await scriptOf('bash');
  expect(() => execFileSync('shellcheck', ['-s', 'bash', '-'], { input, stdio: 'pipe' })).not.toThrow();
});
