import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import type { Entry } from '../../model/entry.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { isOwnPath } from '../../model/own-path.ts';
import { notPortable } from '../../model/portable-path.ts';
import { readBuiltFolder } from '../built-folder.ts';

/** What a folder for GitHub Pages is to hold. */
export interface PagesPlan {
  /** Absolute path of the built registry. */
  readonly from: string;
  /** Files of the registry: verified while they are copied. */
  readonly entries: readonly Entry[];
  /** Paths of other files there, such as a page of one's own. */
  readonly others: readonly string[];
  /** Files that are made: `.nojekyll`, where there is none. */
  readonly added: readonly string[];
  /** Of all of them. */
  readonly bytes: number;
  readonly limit: number;
}

/** Bytes that GitHub allows of a site. Source: https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits */
const PAGES_LIMIT = 1_000_000_000;

/** Without it GitHub would take the files for the source of a site. */
const NO_JEKYLL = '.nojekyll';

/** What the action that uploads leaves out, and what a build left there for itself. */
const LEFT_OUT = new Set(['.git', '.github', '.packyard', '.packyard.lock']);

/**
 * Plans a folder for GitHub's own actions from what `packyard build` made. Rejects with `registry-not-found` and
 * `registry-damaged` as reading a built folder does, `usage` where a link or a special file is in it, and
 * `site-too-large`.
 */
export async function planPages(from: string, options: PlanPagesOptions = {}): Promise<PagesPlan> {
  const { signal, limit = PAGES_LIMIT } = options;
  const folder = await readBuiltFolder(from, signal);
  const entries = folder.files.map(({ entry }) => entry);
  const own = new Set(entries.map(({ path }) => path));
  const others = [...otherFiles(from, '')].filter(({ path }) => !own.has(path) && !isOwnPath(path));
  const total = [...entries, ...others].reduce((sum, { size }) => sum + size, 0);
  if (total > limit) throw tooLarge(from, total, limit);
  const paths = others.map(({ path }) => path).toSorted();
  const added = own.has(NO_JEKYLL) || paths.includes(NO_JEKYLL) ? [] : [NO_JEKYLL];
  return { from, entries, others: paths, added, bytes: total, limit };
}

export interface PlanPagesOptions {
  /** Bytes; those of GitHub Pages unless told. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Every file below a folder that is to be a site's. */
function* otherFiles(from: string, below: string): Generator<{ readonly path: string; readonly size: number }> {
  for (const name of readdirSync(join(from, below)).toSorted()) {
    const path = below === '' ? name : `${below}/${name}`;
    if (LEFT_OUT.has(path)) continue;
    const stats = statsOf(join(from, path));
    if (stats?.isDirectory() === true) yield* otherFiles(from, path);
    else if (stats?.isFile() === true) yield { path: portable(path), size: stats.size };
    else if (stats !== undefined) throw linkError(from, path, stats.isSymbolicLink());
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function portable(path: string): string {
  const problem = notPortable(path);
  if (problem === undefined) return path;
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(path)} cannot be a file of a site: ${problem}.`,
    hint: 'Give it another name, or put it elsewhere.',
  });
}

function linkError(from: string, path: string, isLink: boolean): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(path)} in ${from} is ${isLink ? 'a symbolic link' : 'no regular file'}: GitHub Pages refuses it.`,
    hint: isLink ? 'Put the file there that it leads to.' : 'Remove it.',
  });
}

function tooLarge(from: string, total: number, limit: number): PackyardError {
  return new PackyardError({
    code: 'site-too-large',
    message: `${from} holds ${formatBytes(total)}, and GitHub Pages takes ${formatBytes(limit)}.`,
    hint: 'Publish to a bucket, which has no such limit; or leave out what makes releases large, such as charts that could be fetched.',
  });
}
