import { spawn } from 'node:child_process';

import { askGit } from './ask-git.ts';
import { gitEnvironment } from './git-environment.ts';
import { gitProgram } from './git-program.ts';
import type { Repository } from './repository.ts';

/**
 * Fetches what a partial clone (`--filter=blob:none`) lacks of the blobs below trees, all at once: Git itself would fetch
 * each one when it is read. With `wanted` no others than those. Gives how many were fetched; what cannot be fetched is
 * missed, and said, where it is read.
 */
export async function fetchMissing(
  repository: Repository,
  trees: readonly string[],
  wanted?: ReadonlySet<string>,
): Promise<number> {
  const remote = trees.length === 0 ? undefined : await promisor(repository);
  if (remote === undefined) return 0;
  const missing = (await missingBelow(repository, trees)).filter((oid) => wanted?.has(oid) !== false);
  if (missing.length === 0) return 0;
  const quietly = ['--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--no-auto-maintenance', '--quiet'];
  const options = [...quietly, '--filter=blob:none', '--stdin'];
  const settings = ['-c', 'fetch.negotiationAlgorithm=noop', '-c', 'fetch.writeCommitGraph=false'];
  const fetched = await withInput(repository, [...settings, 'fetch', ...options, '--', remote], missing);
  return fetched === undefined ? 0 : missing.length;
}

/** What Git said of repositories: a run asks more than once. */
const promisors = new WeakMap<Repository, Promise<string | undefined>>();

/** The remote that holds what a partial clone lacks; asked ahead, it is known when it is needed. */
export function promisor(repository: Repository): Promise<string | undefined> {
  const known = promisors.get(repository) ?? askedPromisor(repository);
  promisors.set(repository, known);
  return known;
}

async function askedPromisor({ root, environment }: Repository): Promise<string | undefined> {
  // It fails where there is no such setting, which is nearly everywhere.
  const settings = await askGit(
    root,
    ['config', '--bool', '--get-regexp', '^remote\\..*\\.promisor$'],
    environment,
  ).catch(() => '');
  return /^remote\.(?<name>[\w./@][\w./@-]*)\.promisor true$/mu.exec(settings)?.groups?.['name'];
}

async function missingBelow(repository: Repository, trees: readonly string[]): Promise<string[]> {
  const options = ['--objects', '--missing=print', '--no-object-names', '--stdin'];
  const listed = (await withInput(repository, ['rev-list', ...options], trees)) ?? '';
  return listed.split('\n').flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : []));
}

/** Lines are handed to Git as they are; undefined where it fails. */
function withInput(
  { root, environment }: Repository,
  args: readonly string[],
  lines: readonly string[],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(gitProgram(), args, {
      cwd: root,
      env: gitEnvironment(environment),
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve(status === 0 ? Buffer.concat(chunks).toString('latin1') : undefined));
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  });
}
