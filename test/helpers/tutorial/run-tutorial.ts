import { chmodSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

import { MAIN } from '../cli.ts';
import { scratch } from '../scratch.ts';
import { readGuide, type CommandStep, type FileStep, type GuideStep } from './read-guide.ts';
import { comparedOutput, type SeenHashes } from './same-output.ts';
import { openShell, type ShellSession } from './shell-session.ts';
import { withOutput } from './with-output.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** The home of the reader of every guide, which a fresh folder stands for. */
const HOME = '/home/ada';

export interface TutorialOptions {
  /** What guides call by another name, such as an address: by the text in the guide, what is really there. */
  readonly names?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** More settings of the user's Git, as they stand in its file. */
  readonly gitConfig?: string;
  /** Fills the home, an empty folder. */
  readonly prepare?: (home: string) => void | Promise<void>;
}

export interface TutorialRun {
  readonly home: string;
  readonly commands: number;
  readonly files: number;
}

/**
 * Does what a guide says, command by command in one shell that starts in an empty home, with the built command line as
 * `packyard`. Rejects with a readable difference at the first command that prints, or ends with, something else; with
 * PACKYARD_GUIDES=update the guide is changed instead, to be looked at and shortened by hand.
 */
export async function runTutorial(guide: string, options: TutorialOptions = {}): Promise<TutorialRun> {
  const markdown = readFileSync(guide, 'utf8');
  const steps = readGuide(markdown);
  const printed = new Map<CommandStep, readonly string[]>();
  const update = process.env['PACKYARD_GUIDES'] === 'update';
  try {
    return await runSteps(relative(PROJECT, guide), steps, { ...options, ...(update && { printed }) });
  } finally {
    if (printed.size > 0) writeFileSync(guide, withOutput(markdown, printed));
  }
}

interface StepsOptions extends TutorialOptions {
  /** Takes what was printed where it is something else, which is then no failure. */
  readonly printed?: Map<CommandStep, readonly string[]>;
}

async function runSteps(
  guide: string,
  steps: readonly GuideStep[],
  { names = {}, env = {}, gitConfig = '', prepare, printed }: StepsOptions = {},
): Promise<TutorialRun> {
  const own = realpathSync(await scratch());
  const home = join(own, 'home');
  mkdirSync(home);
  await prepare?.(home);
  const shell = openShell({ own, cwd: home, env: { ...environmentOf(own, home, gitConfig), ...env } });
  onTestFinished(() => shell.close());
  const all = { ...names, [HOME]: home };
  const real = replacerOf(Object.entries(all));
  const told = replacerOf(Object.entries(all).map(([name, value]) => [value, name]));
  const seen: SeenHashes = new Map();
  for (const step of steps) {
    if (step.kind === 'file') {
      await writeFile(shell, step, real);
      continue;
    }
    const { wrong, shown } = await runCommand(shell, step, real, seen);
    if (wrong === undefined) continue;
    if (printed === undefined || wrong.status)
      throw new Error(`${guide}:${step.line}: $ ${step.command}\n${told(wrong.text)}`);
    printed.set(step, shown.map(told));
  }
  await shell.close();
  const filesOf = steps.filter(({ kind }) => kind === 'file').length;
  return { home, commands: steps.length - filesOf, files: filesOf };
}

async function writeFile(shell: ShellSession, { path, text }: FileStep, real: Replacer): Promise<void> {
  const file = join(await shell.folder(), real(path));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, real(text));
}

interface Outcome {
  /** What the guide would show, as it is really called. */
  readonly shown: readonly string[];
  readonly wrong: { readonly status: boolean; readonly text: string } | undefined;
}

async function runCommand(shell: ShellSession, step: CommandStep, real: Replacer, seen: SeenHashes): Promise<Outcome> {
  const expected = step.expected.map(real);
  const command = real(step.command);
  const { lines, status } = command.endsWith('&')
    ? await shell.start(command, (soFar) => comparedOutput(expected, soFar, new Map(seen)).same)
    : await shell.run(command);
  const { same, difference, shown } = comparedOutput(expected, lines, seen);
  if (status !== step.status) {
    const text = `exit status ${status} instead of ${step.status}; it printed:\n${same ? lines.join('\n') : difference}`;
    return { shown, wrong: { status: true, text } };
  }
  if (same) return { shown, wrong: undefined };
  const text = `what it prints is not what the guide shows (- guide, + printed):\n${difference}`;
  return { shown, wrong: { status: false, text } };
}

type Replacer = (text: string) => string;

/** Longest names first: one may be the beginning of another. */
function replacerOf(names: readonly (readonly [string, string])[]): Replacer {
  const ordered = names.toSorted(([a], [b]) => b.length - a.length);
  return (text) => ordered.reduce((current, [name, value]) => current.replaceAll(name, value), text);
}

/** Nothing of this machine's but its programs. */
function environmentOf(own: string, home: string, gitConfig: string): Record<string, string> {
  const programs = join(own, 'bin');
  mkdirSync(programs);
  script(join(programs, 'packyard'), `exec '${process.execPath}' '${MAIN}' "$@"`);
  // The package is not installed in the guide's folders: npx finds it as if it were.
  const others = '*) echo "no npx $1 in guides"; exit 127 ;;';
  script(join(programs, 'npx'), `case "$1" in packyard | packyard@*) shift ;; ${others} esac\nexec packyard "$@"`);
  const git = join(own, 'gitconfig');
  writeFileSync(
    git,
    `[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n${gitConfig}`,
  );
  return {
    PATH: [programs, process.env['PATH']].join(delimiter),
    HOME: home,
    TMPDIR: process.env['TMPDIR'] ?? '/tmp',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    USER: 'ada',
    GIT_CONFIG_GLOBAL: git,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
}

function script(file: string, text: string): void {
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}
