import { spawn, type ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { scratch } from './scratch.ts';

/** The built command line, as the package's `bin` names it. */
export const MAIN: string = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface CliOptions {
  readonly cwd?: string;
  /** On top of a bare environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Arguments of Node before the program. */
  readonly node?: readonly string[];
  /** Program and arguments that start Node: `['setpriv', …]`. */
  readonly wrapper?: readonly string[];
}

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line in an environment that nothing of this machine's leaks into. */
export function startCli(args: readonly string[], options: CliOptions = {}): ChildProcess {
  const { cwd, env = {}, node = [], wrapper = [] } = options;
  const [program = '', ...rest] = [...wrapper, process.execPath, ...node, MAIN, ...args];
  return spawn(program, rest, { ...(cwd !== undefined && { cwd }), env: { ...bareEnvironment(), ...env } });
}

/** Runs the built command line to its end, with a cache of its own unless one is named. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const own = await scratch();
  // Settings, logins and a cache of the machine's owner are none of a test's business.
  const env = {
    PACKYARD_CACHE_DIR: join(own, 'cache'),
    PACKYARD_CONFIG_DIR: join(own, 'config'),
    NETRC: join(own, 'netrc'),
    ...options.env,
  };
  return outcomeOf(startCli(args, { ...options, env }));
}

/** What a process prints, and how it ends; a status of null is a signal. */
export async function outcomeOf(child: ChildProcess): Promise<CliResult> {
  const [stdout, stderr, status] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    }),
  ]);
  return { status, stdout, stderr };
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function bareEnvironment(): Record<string, string> {
  const windows = ['SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'];
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', ...windows];
  const environment: Record<string, string> = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** A run as text: exit status, both streams; with names for paths, and without what differs from run to run. */
export function transcript(
  { status, stdout, stderr }: CliResult,
  names: Readonly<Record<string, string>> = {},
): string {
  const text = [
    `exit status ${status}`,
    ...(stdout === '' ? [] : ['--- stdout', stdout.trimEnd()]),
    ...(stderr === '' ? [] : ['--- stderr', stderr.trimEnd()]),
  ].join('\n');
  return scrub(text, names);
}

export function scrub(text: string, names: Readonly<Record<string, string>> = {}): string {
  const byLength = Object.entries(names).toSorted(([, a], [, b]) => b.length - a.length);
  let scrubbed = text;
  for (const [name, path] of byLength) {
    for (const form of new Set([path, real(path)])) {
      scrubbed = scrubbed.replaceAll(JSON.stringify(form).slice(1, -1), `<${name}>`).replaceAll(form, `<${name}>`);
    }
  }
  return withSlashes(scrubbed)
    .replace(/\bcommit [0-9a-f]{12}\b/gu, 'commit <commit>')
    .replace(/\b[0-9a-f]{64}\b/gu, '<sha256>')
    .replace(/\b[0-9a-f]{40}\b/gu, '<oid>')
    .replace(
      /^(\d+ files?), [^:]*: (.*), [^,]* (written|to write) in \d+\.\d\d s$/gmu,
      '$1, <size>: $2, <size> $3 in <time>',
    );
}

/** Below a path that has a name, as Windows writes it and JSON. */
function withSlashes(text: string): string {
  if (process.platform !== 'win32') return text;
  return text.replaceAll(/(?<=<[\w-]+>)(?:\\{1,2}[\w.@+-]+)+\\{0,2}/gu, (path) => path.replaceAll(/\\{1,2}/gu, '/'));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
