import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
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

interface Completer {
  readonly own: string;
  /** What is offered for the last of the words behind `packyard`. */
  complete(...words: readonly string[]): readonly string[];
}

describe.each(SHELLS)('%s', (shell) => {
  const present = hasProgram(shell);
  if (!present && PEERS_REQUIRED) test('is there', () => expect.fail(`${shell} is missing`));
  const real = test.runIf(present);
  const completer = async (): Promise<Completer> => {
    const [script, own] = [await scriptOf(shell), await scratch()];
    const { path } = await gitRepository({ 'packs/a/pack.json': '{}', 'notes.txt': '', 'two words/x.txt': '' });
    for (const branch of [HOSTILE, 'topic']) execFileSync('git', ['-C', path, 'branch', branch]);
    return {
      own,
      complete: (...words) => completionsIn(shell, ['packyard', ...words], { script, cwd: path, own }),
    };
  };

  real('reads the script', async () => {
    const file = join(await scratch(), 'checked');
    writeFileSync(file, await scriptOf(shell));
    expect(() => execFileSync(shell, ['-n', file], { stdio: 'pipe' })).not.toThrow();
  });

  real('commands, and commands of commands', async () => {
    const { complete } = await completer();
    const definitions = await allDefinitions();
    const names = definitions.filter(({ path }) => path.length === 1).map(({ path }) => path[0] ?? '');
    expect(complete('')).toEqual([...names, 'help'].toSorted());
    expect(complete('pu')).toEqual([...names].filter((name) => name.startsWith('pu')).toSorted());
    expect(complete('registry', '')).toEqual(['add', 'list', 'remove', 'show']);
    expect(complete('cache', 'c')).toEqual(['clear']);
    expect(complete('help', 'verif')).toEqual(['verify']);
  });

  real('flags of a command, also behind others and their values', async () => {
    const { complete } = await completer();
    expect(complete('build', '--dry')).toEqual(['--dry-run']);
    expect(complete('build', '--out', 'build', '--tim')).toEqual(['--timings']);
    expect(complete('registry', 'add', '--ca')).toEqual(['--ca-file']);
    expect(complete('registry', 'add', 'work', 'https://packs.example.org', '--proj')).toEqual(['--project']);
    expect(complete('cache', 'dir', '--ou')).toEqual([]);
  });

  real('words that a flag or an argument takes', async () => {
    const { complete } = await completer();
    expect(complete('list', '--layer', '')).toEqual(['addon', 'cni', 'csi', 'k8s', 'kernel', 'os']);
    expect(complete('search', 'x', '--layer', 'c')).toEqual(['cni', 'csi']);
    expect(complete('yank', '--state', 'dis')).toEqual(['disabled']);
    expect(complete('completion', '')).toEqual(['bash', 'fish', 'zsh']);
    expect(complete('explain', 'chart/m')).toEqual(RULE_IDS.filter((rule) => rule.startsWith('chart/m')));
  });

  real('files and folders', async () => {
    const { complete } = await completer();
    const bare = (paths: readonly string[]): readonly string[] =>
      paths.map((path) => path.replace(/\/$/u, '').replaceAll('\\', '')).filter((path) => !path.startsWith('.'));
    expect(bare(complete('check', 'n'))).toEqual(['notes.txt']);
    expect(bare(complete('check', ''))).toEqual(['notes.txt', 'packs', 'two words']);
    expect(bare(complete('build', '--out', ''))).toEqual(['packs', 'two words']);
    expect(bare(complete('check', '--baseline', 'not'))).toEqual(['notes.txt']);
    expect(bare(complete('registry', 'add', 'work', 'pac'))).toEqual(['packs']);
    expect(complete('build', '--message', '')).toEqual([]);
  });

  real('branches and tags, none of which is obeyed', async () => {
    const { complete } = await completer();
    const offered = complete('build', '--rev', '');
    expect(offered).toContain('topic');
    expect(offered.join('\n')).toContain('touch');
    expect(complete('diff', 'top')).toEqual(['topic']);
    expect(complete('check', 'pw')).toEqual([]);
  });

  real('registries and packs that are known without asking', async () => {
    const { complete, own } = await completer();
    const env = { PACKYARD_CONFIG_DIR: join(own, 'config'), PACKYARD_CACHE_DIR: join(own, 'cache') };
    const registry = await scratch();
    writePublished(publishedRegistry(), registry);
    expect((await runCli(['registry', 'add', 'work', registry, '--default'], { env })).status).toBe(0);
    expect(complete('registry', 'show', '')).toEqual(['work']);
    expect(complete('list', '--registry', 'wo')).toEqual(['work']);
    expect(complete('info', '')).toEqual(['demo']);
    expect(complete('pull', 'de')).toEqual(['demo']);
  });
});

describe('words that shells would take for something else', () => {
  const text = `it's "odd": [a] \\ $(touch pwned) \`touch pwned\` %s {a,b} *`;
  function odd(): Command {
    const program = new Command('packyard');
    program
      .command('odd')
      .description(text)
      .summary(text)
      .argument('[kind]', text, choice(['a:b', 'c']))
      .option('-o, --option <word>', text, collect)
      .option('--plain', text);
    return program;
  }
  test.runIf(hasProgram('bash'))('bash', async () => {
    const options = { script: completionScript('bash', odd()), cwd: await scratch(), own: await scratch() };
    expect(completionsIn('bash', ['packyard', 'odd', ''], options)).toEqual(['a:b', 'c']);
  });
  test.runIf(hasProgram('zsh'))('zsh', async () => {
    const options = { script: completionScript('zsh', odd()), cwd: await scratch(), own: await scratch() };
    expect(completionsIn('zsh', ['packyard', 'odd', ''], options)).toEqual(['a:b', 'c']);
    expect(completionsIn('zsh', ['packyard', 'odd', '--p'], options)).toEqual(['--plain']);
  });
  test.runIf(hasProgram('fish'))('fish', async () => {
    const options = { script: completionScript('fish', odd()), cwd: await scratch(), own: await scratch() };
    expect(completionsIn('fish', ['packyard', 'odd', ''], options)).toEqual(['a:b', 'c']);
    expect(completionsIn('fish', ['packyard', 'odd', '--p'], options)).toEqual(['--plain']);
  });
});

test.runIf(hasProgram('shellcheck'))('shellcheck finds nothing in the script for bash', async () => {
  const input = await scriptOf('bash');
  expect(() => execFileSync('shellcheck', ['-s', 'bash', '-'], { input, stdio: 'pipe' })).not.toThrow();
});
