import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { load } from 'js-yaml';

import { MAIN, outcomeOf, type CliResult } from './cli.ts';
import { requirePosix } from './sandbox.ts';
import { scratch } from './scratch.ts';

/** The folder of the project that GitHub reads. */
export const GITHUB: string = fileURLToPath(new URL('../../.github/', import.meta.url));

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly description?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string; readonly description?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly permissions?: unknown; readonly steps: readonly Step[] }>>;
}

export function readYaml<T>(path: string): T {
  return load(readFileSync(join(GITHUB, path), 'utf8')) as T;
}

/** A step of a workflow, by its name. */
export function stepNamed(path: string, job: string, name: string): Step {
  const step = readYaml<Workflow>(path).jobs[job]?.steps.find((each) => each.name === name);
  if (step?.run === undefined) throw new Error(`${path} has no step ${name} with commands in ${job}`);
  return step;
}

/** A machine that runs steps: what GitHub gives them, and `packyard` on the PATH. */
export interface Runner {
  readonly folder: string;
  readonly summary: () => string;
  readonly outputs: () => Readonly<Record<string, string>>;
  /** Runs the commands of a step as they are written. */
  run(step: Step, env?: Readonly<Record<string, string>>): Promise<CliResult>;
}

export async function runner(cwd: string): Promise<Runner> {
  requirePosix('scripts that are programs');
  const folder = await scratch();
  const [bin, temporary, summary, output] = ['bin', 'temporary', 'summary', 'output'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  mkdirSync(bin);
  mkdirSync(temporary);
  writeFileSync(join(bin, 'packyard'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  chmodSync(join(bin, 'packyard'), 0o755);
  return {
    folder,
    summary: () => (existsSync(summary) ? readFileSync(summary, 'utf8') : ''),
    outputs: () => {
      const lines = existsSync(output) ? readFileSync(output, 'utf8').split('\n') : [];
      return Object.fromEntries(
        lines
          .filter((line) => line !== '')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
    },
    run({ run = '', shell }, env = {}) {
      const script = join(folder, 'step.sh');
      writeFileSync(script, run);
      // As the documentation of GitHub says it for `shell: bash`, and for a step that names no shell.
      const flags = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
      const child = spawn('bash', [...flags, script], {
        cwd,
        env: {
          PATH: `${bin}:${process.env['PATH'] ?? ''}`,
          HOME: folder,
          CI: 'true',
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_AUTHOR_NAME: 'Runner',
          GIT_AUTHOR_EMAIL: 'runner@example.org',
          GIT_COMMITTER_NAME: 'Runner',
          GIT_COMMITTER_EMAIL: 'runner@example.org',
          PACKYARD_CACHE_DIR: join(folder, 'cache'),
          PACKYARD_CONFIG_DIR: join(folder, 'config'),
          NETRC: join(folder, 'netrc'),
          RUNNER_TEMP: temporary,
          GITHUB_STEP_SUMMARY: summary,
          GITHUB_OUTPUT: output,
          ...env,
        },
      });
      return outcomeOf(child);
    },
  };
}

export interface ActionResult {
  /** Of the step that failed, or 0. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs a composite action with some inputs in a folder, step by step, until one fails. */
export async function runAction(
  name: string,
  inputs: Readonly<Record<string, string>>,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  const action = readYaml<Action>(`actions/${name}/action.yml`);
  const values: Record<string, string> = {};
  for (const [key, { default: standard = '' }] of Object.entries(action.inputs))
    values[`inputs.${key}`] = inputs[key] ?? standard;
  const printed = { stdout: '', stderr: '', summary: '' };
  let status: number | null = 0;
  for (const step of action.runs.steps) {
    if (status !== 0 || !holds(step.if, values)) continue;
    const machine = await runner(cwd);
    const own = Object.entries(step.env ?? {}).map(([key, value]) => [key, expanded(String(value), values)]);
    const result = await machine.run(step, { ...env, ...(Object.fromEntries(own) as Record<string, string>) });
    status = result.status;
    printed.stdout += result.stdout;
    printed.stderr += result.stderr;
    printed.summary += machine.summary();
    for (const [key, value] of Object.entries(machine.outputs()))
      values[`steps.${step.id ?? ''}.outputs.${key}`] = value;
  }
  const outputs = Object.entries(action.outputs).map(([key, { value }]) => [key, expanded(value, values)]);
  return { status, ...printed, outputs: Object.fromEntries(outputs) as Record<string, string> };
}

const EXPRESSION = /\$\{\{ *([^}]*?) *\}\}/gu;

/** Only names: an expression that computes something is a mistake in an action of this project. */
function expanded(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(EXPRESSION, (_, name: string) => {
    if (!/^[\w.-]+$/u.test(name)) throw new Error(`${name} is more than a name`);
    return values[name] ?? '';
  });
}

/** Conditions of the form `name != 'text'`, also several with `||`. */
function holds(condition: string | undefined, values: Readonly<Record<string, string>>): boolean {
  if (condition === undefined) return true;
  return condition
    .replace(EXPRESSION, '$1')
    .split('||')
    .some((part) => {
      const { name, operator, text } =
        /^(?<name>[\w.-]+) (?<operator>[!=]=) '(?<text>[^']*)'$/u.exec(part.trim())?.groups ?? {};
      if (name === undefined) throw new Error(`${condition} is not understood`);
      return ((values[name] ?? '') === text) === (operator === '==');
    });
}
