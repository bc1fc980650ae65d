import { chmodSync, closeSync, constants, copyFileSync, openSync, readdirSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import type { Entry } from '../../model/entry.ts';
import { makeOpenFolder } from '../../remote/make-folder.ts';
import { requireApart } from '../require-apart.ts';
import { planPages, type PagesPlan } from './plan-pages.ts';

export interface PreparePagesOptions {
  /** The folder that `packyard build` made. */
  readonly from: string;
  /** The folder to fill; it must be empty or not be there. */
  readonly to: string;
  /** Only plan. */
  readonly dryRun?: boolean;
  /** Most bytes of all files; those of GitHub Pages unless told. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/**
 * Fills a folder that GitHub's actions `upload-pages-artifact` and `deploy-pages` take as it is: the registry, verified
 * while it is copied, other files beside it, `.nojekyll`, no links, readable by everybody.
 * Rejects as `planPages` does, with `output-foreign` where the folder holds something, `no-space` or
 * `output-unwritable`.
 * Source: https://github.com/actions/upload-pages-artifact#artifact-validation
 */
export async function preparePages(options: PreparePagesOptions): Promise<PagesPlan> {
  const { dryRun = false, limit, signal } = options;
  const [from, to] = [resolve(options.from), resolve(options.to)];
  requireEmpty(to);
  requireApart(from, to);
  const plan = await planPages(from, {
    ...(limit !== undefined && { limit }),
    ...(signal !== undefined && { signal }),
  });
  if (dryRun) return plan;
  try {
    makeOpenFolder(to);
    chmodSync(to, 0o755);
    // The index last: a folder that is not whole is no registry.
    const entries = plan.entries.toSorted((a, b) => Number(a.path === INDEX) - Number(b.path === INDEX));
    for (const path of plan.added) writeWhole(to, path);
    for (const path of plan.others) copyWhole(from, to, path);
    for (const entry of entries) {
      signal?.throwIfAborted();
      // One after the other, so that the index is behind all it leads to.
      // eslint-disable-next-line no-await-in-loop
      await writeEntry(to, entry);
    }
    return plan;
  } catch (error) {
    throw writeError(error, to);
  }
}

const INDEX = 'index.json';

function requireEmpty(to: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(to);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw writeError(error, to);
  }
  if (names.length === 0) return;
  throw new PackyardError({
    code: 'output-foreign',
    message: `${to} is not empty: what lies there would become part of the site.`,
    hint: 'Name an empty or a new folder; nothing in this one was touched.',
  });
}

function writeWhole(to: string, path: string): void {
  const file = openNew(to, path);
  closeSync(file);
}

function copyWhole(from: string, to: string, path: string): void {
  const target = join(to, path);
  makeOpenFolder(dirname(target));
  copyFileSync(join(from, path), target, constants.COPYFILE_EXCL);
  chmodSync(target, 0o644);
}

async function writeEntry(to: string, entry: Entry): Promise<void> {
  const file = openNew(to, entry.path);
  try {
    for await (const chunk of entry.open()) {
      for (let written = 0; written < chunk.byteLength;) written += writeSync(file, chunk, written);
    }
  } finally {
    closeSync(file);
  }
}

function openNew(to: string, path: string): number {
  const target = join(to, path);
  makeOpenFolder(dirname(target));
  const file = openSync(target, 'wx', 0o644);
  // Whatever the umask.
  chmodSync(target, 0o644);
  return file;
}

function writeError(error: unknown, to: string): unknown {
  const code = systemCode(error);
  if (error instanceof PackyardError || code === undefined || !(error instanceof Error)) return error;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new PackyardError({
    code: full ? 'no-space' : 'output-unwritable',
    message: full ? `There is no space left for ${to}.` : `${to} could not be written: ${error.message}`,
    hint: 'Remove the folder, which is not whole, and try again where there is room and it may be written.',
    cause: error,
  });
}
