import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { PackyardError } from '../errors.ts';
import { askGit } from './ask-git.ts';
import { settingVariables } from './git-environment.ts';
import type { GitObjects } from './git-objects.ts';
import { gitIn, type Git } from './git.ts';
import { mayNamePrograms, withoutOwnPrograms } from './own-programs.ts';

/** A Git repository on this machine, bare or with a work tree. */
export interface Repository {
  /** Absolute path of the work tree's root; of the repository itself when it is bare. */
  readonly root: string;
  /** Absolute path of the repository's own folder (`.git`). */
  readonly gitDirectory: string;
  /** Absolute path of the folder that holds its objects. */
  readonly objectDirectory: string;
  readonly bare: boolean;
  /** True when commits before some depth are not here. */
  readonly shallow: boolean;
  /** What the environment of every Git command here must hold, lest it starts a program that the repository names. */
  readonly environment: Readonly<Record<string, string>>;
  readonly git: Git;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  /** RFC 3339, in UTC, to the second. */
  readonly committedAt: string;
}

/**
 * Finds the repository that a directory belongs to.
 * Rejects with `no-repository`, `git-missing` or `git-failed`.
 */
export async function openRepository(directory: string): Promise<Repository> {
  const start = resolve(directory);
  // Fails where there is no work tree, and then nobody asks for it.
  const facts = await askFacts(start, ['--show-toplevel']).catch(() => repositoryFacts(start));
  const [gitDirectory = '', objects = '', bare, shallow, topLevel = ''] = facts;
  if (!existsSync(gitDirectory)) throw notUnicode(start);
  const isBare = bare === 'true' || topLevel === '';
  const root = isBare ? gitDirectory : topLevel;
  const objectDirectory = resolve(await realpath(start), objects);
  const environment = await environmentFor(start, gitDirectory, dirname(objectDirectory));
  return {
    root: await realpath(root),
    gitDirectory,
    objectDirectory,
    bare: isBare,
    shallow: shallow === 'true',
    environment,
    git: gitIn(root, { environment }),
  };
}

const FACTS = [
  ['--absolute-git-dir'],
  ['--git-path', 'objects'],
  ['--is-bare-repository'],
  ['--is-shallow-repository'],
] as const;

/** Paths may hold any character but one. Git repeats an option that it does not know: one that nobody can have foreseen. */
async function askFacts(start: string, more: readonly string[] = []): Promise<string[]> {
  const mark = `--packyard-${randomUUID()}`;
  const args = [...FACTS, more].flatMap((fact, index) => (index === 0 ? fact : [mark, ...fact]));
  const facts = (await askGit(start, ['rev-parse', ...args])).split(`${mark}\n`);
  return facts.map((fact) => fact.replace(/\n$/u, ''));
}

async function repositoryFacts(start: string): Promise<string[]> {
  try {
    return await askFacts(start);
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code !== 'git-failed') throw error;
    throw openError(error, start);
  }
}

async function environmentFor(
  start: string,
  gitDirectory: string,
  commonDirectory: string,
): Promise<Record<string, string>> {
  if (!mayNamePrograms({ gitDirectory, commonDirectory })) return {};
  const listed = await askGit(start, ['config', '--list', '--show-scope', '-z']);
  // The first of several proxies counts, so that none can be put aside by a setting behind it.
  const proxy = process.env['GIT_PROXY_COMMAND'] ?? '';
  return { ...settingVariables(withoutOwnPrograms(listed)), GIT_PROXY_COMMAND: proxy };
}

function notUnicode(start: string): PackyardError {
  return new PackyardError({
    code: 'no-repository',
    message: `The repository of ${start} lies at a path that is not UTF-8.`,
    hint: 'Give its folder, or the one above it that is meant, another name.',
  });
}

function openError(error: PackyardError, start: string): PackyardError {
  if (/dubious ownership/u.test(error.message)) {
    return new PackyardError({
      code: 'no-repository',
      message: `Git refuses ${start}, because another user owns it.`,
      hint: `If you trust it: git config --global --add safe.directory '${start}'`,
      cause: error,
    });
  }
  // Settings that cannot be parsed, a format that this Git does not know, a link to nowhere: Git says it best.
  if (!/not a git repository \(or any /u.test(error.message)) {
    return new PackyardError({
      code: 'git-failed',
      message: `Git cannot open the repository of ${start}: ${reasonIn(error.message)}.`,
      hint: 'Run `git status` there: where that fails too, mend the settings or the repository, or take a newer Git.',
      cause: error,
    });
  }
  return new PackyardError({
    code: 'no-repository',
    message: `${start} is not in a Git repository.`,
    hint: 'Packs are read from Git. Run `git init`, commit the packs, and run the command again; or name a repository with --repo.',
    cause: error,
  });
}

/** What Git says last, and says to be fatal; only then there is nothing else. */
function reasonIn(message: string): string {
  const { reason = message } = /(?:^|\s)fatal: (?<reason>.*)$/su.exec(message)?.groups ?? {};
  return reason.trim().replaceAll(/\s+/gu, ' ');
}

/**
 * The commit that a revision names. Rejects with `no-commit` in a repository without one, else `unknown-revision`.
 */
export async function resolveCommit(repository: Repository, revision: string, objects: GitObjects): Promise<Commit> {
  return (await quickCommit(objects, revision)) ?? carefulCommit(repository, revision);
}

/** What can only be one revision: no range, no exclusion, no search. */
const SIMPLE = /^(?![-^:])(?!.*\.\.)[\w./@~^+-]+$/u;

/** The usual names need no process of their own; undefined where it is not sure what a name means. */
async function quickCommit(objects: GitObjects, revision: string): Promise<Commit | undefined> {
  const found = SIMPLE.test(revision) ? await objects.named(`${revision}^{commit}`) : undefined;
  const [header = ''] = found?.data?.toString('latin1').split('\n\n', 1) ?? [];
  const { tree } = /^tree (?<tree>[0-9a-f]+)$/mu.exec(header)?.groups ?? {};
  const { seconds } = /^committer .* (?<seconds>\d+) [+-]\d+$/mu.exec(header)?.groups ?? {};
  if (found?.type !== 'commit' || tree === undefined || seconds === undefined) return undefined;
  return { oid: found.oid, tree, committedAt: commitTime(seconds) };
}

async function carefulCommit(repository: Repository, revision: string): Promise<Commit> {
  let output: string;
  try {
    const name = `${revision}^{commit}`;
    const oid = (await repository.git(['rev-parse', '--verify', '--quiet', '--end-of-options', name])).trim();
    // `^HEAD` is a revision too: everything but that commit.
    if (oid.startsWith('^')) throw new Error(`${revision} excludes a commit`);
    output = await repository.git(['log', '--max-count=1', '--no-show-signature', '--format=%H %T %ct', oid, '--']);
  } catch (error) {
    throw await revisionError(repository, revision, error);
  }
  const [oid = '', tree = '', seconds = ''] = output.trim().split(' ');
  return { oid, tree, committedAt: commitTime(seconds) };
}

const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

/** Seconds since 1970, as Git prints them, in RFC 3339. A time behind the year 9999 is 1970: Git shows nonsense so too. */
export function commitTime(seconds: string): string {
  const time = Number(seconds);
  return new Date(time <= LAST_SECOND ? time * 1000 : 0).toISOString().replace('.000Z', 'Z');
}

async function revisionError(repository: Repository, revision: string, cause: unknown): Promise<PackyardError> {
  const refs = await repository.git(['for-each-ref', '--count=1', '--format=%(refname)']);
  if (revision === 'HEAD' && refs.trim() === '') {
    return new PackyardError({
      code: 'no-commit',
      message: `${repository.root} has no commit yet.`,
      hint: 'A registry is made from a commit: `git add packs`, `git commit`, and run the command again.',
      cause,
    });
  }
  return new PackyardError({
    code: 'unknown-revision',
    message: `${repository.root} has no commit named ${JSON.stringify(revision)}.`,
    hint: 'Name a branch, a tag or a commit that is here: `git log --oneline` lists commits, `git fetch` brings more.',
    cause,
  });
}
