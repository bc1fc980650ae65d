import { lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { FileChange } from '../check/fix/file-changes.ts';
import { PackyardError } from '../errors.ts';
import { isCalendarDate } from '../model/calendar-date.ts';
import { LIMITS } from '../model/limits.ts';
import { isPackName } from '../model/pack-name.ts';
import { statusFile, type ReleaseState, type StatusEntry } from '../model/status.ts';
import { suggest } from '../model/suggest.ts';
import { compareVersions } from '../model/version.ts';
import { matches, parseSelector } from '../model/version-selector.ts';
import { openRepository } from '../repo/repository.ts';
import { readWorkTreeFile } from '../repo/snapshot.ts';
import { defaultCacheDirectory } from '../remote/cache-directory.ts';
import { openCache, temporaryCache, type Cache } from './cache.ts';
import { knownReleases, type KnownReleases } from './known-releases.ts';
import { loadStatuses } from './load-statuses.ts';
import { openSource } from './open-source.ts';
import { planStatusEdit, type StatusEdit } from './plan-status-edit.ts';
import { applyChange, obstacle } from './work-tree-files.ts';

/** What to say about which releases. */
export interface EditStatusOptions {
  /** A folder of the repository. Default: the current one. */
  readonly repository?: string;
  /** Of the pack. */
  readonly name: string;
  /** Which versions: one, a train, a range, or `*`. */
  readonly versions: string;
  readonly state: ReleaseState;
  /** Why; only an active state needs none. */
  readonly reason?: string;
  /** Since which day: `2026-05-01`. Default: today, in UTC, or what is there already. */
  readonly at?: string;
  /** What to use instead: `1.3.1`, or `other-pack@1.0.0`. Default: what is there already. */
  readonly replacement?: string;
  /** Also where the work tree has no such release: the history, or the published registry, may have it. */
  readonly force?: boolean;
  /** Find out what would change, and change nothing. */
  readonly dryRun?: boolean;
  /** Folder of the cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
}

/**
 * Says something about releases in `status/<name>.yaml` of the work tree. Every character that is there and need not
 * change stays; where it is said already, nothing is written. Rejects with `unknown-release` when there is no such
 * release, with `status-invalid` when the file is not in order or would not be, and with `output-unwritable`.
 */
export async function editStatus(options: EditStatusOptions): Promise<StatusEdit> {
  refuse(options);
  const cache = options.cache === false ? await temporaryCache() : openCache(options.cache ?? defaultCacheDirectory());
  try {
    return await edit(options, cache);
  } finally {
    await cache.dispose();
  }
}

async function edit(options: EditStatusOptions, cache: Cache): Promise<StatusEdit> {
  const { name, versions, state, reason, at, replacement, force = false, dryRun = false } = options;
  const repository = await openRepository(options.repository ?? '.');
  const { snapshot, ...source } = await openSource(repository, undefined, resolve('public'), cache);
  try {
    const releases = await knownReleases({ snapshot, ...source }, cache);
    if (!force) refuseUnknown(name, versions, releases);
    const file = statusFile(name);
    refuseStrange(repository.root, file);
    const before = await readWorkTreeFile(repository, file, LIMITS.statusBytes);
    const { statuses } = await loadStatuses(snapshot, cache);
    const asked: StatusEntry = {
      versions,
      state,
      ...(reason !== undefined && { reason: reason.trim() }),
      ...(at !== undefined && { at }),
      ...(replacement !== undefined && { replacement }),
    };
    const result = await planStatusEdit({ name, asked, before, releases, statuses, today: today(), force });
    write(repository.root, changeOf(file, before, result.text), dryRun);
    return result;
  } finally {
    await snapshot.close();
  }
}

function changeOf(path: string, before: Buffer | undefined, text: string): FileChange | undefined {
  const data = Buffer.from(text);
  if (before?.equals(data) === true) return undefined;
  return { path, kind: 'write', data, executable: false, ...(before !== undefined && { before }) };
}

/** What would stop the edit is looked for even where it is only tried. */
function write(root: string, change: FileChange | undefined, dryRun: boolean): void {
  if (change === undefined) return;
  const reason = obstacle(root, change);
  if (reason !== undefined) throw unwritable(change.path, reason);
  if (!dryRun) applyChange(root, change);
}

/** What is no file is not even read. */
function refuseStrange(root: string, file: string): void {
  const stats = lstatSync(join(root, file), { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) throw unwritable(file, 'it is no regular file');
}

function refuseUnknown(name: string, versions: string, releases: KnownReleases): void {
  const own = releases.get(name);
  if (own === undefined) {
    const suggestion = suggest(name, releases.keys());
    throw unknown(
      `The work tree has no pack ${JSON.stringify(name)}.`,
      suggestion === undefined ? '' : `Did you mean ${suggestion}@${versions}? `,
    );
  }
  const selector = parseSelector(versions);
  if (selector === undefined || own.some(({ version }) => matches(selector, version))) return;
  const known = own.map(({ version }) => version).toSorted((a, b) => compareVersions(b, a));
  const more = known.length > SHOWN ? ` and ${known.length - SHOWN} more` : '';
  throw unknown(
    `The pack ${JSON.stringify(name)} has no version in the work tree that ${JSON.stringify(versions)} means.`,
    `It has ${known.slice(0, SHOWN).join(', ')}${more}. `,
  );
}

/** Versions that a message names. */
const SHOWN = 10;

function unknown(message: string, known: string): PackyardError {
  const hint = `${known}Where only the history or the published registry has it, add --force.`;
  return new PackyardError({ code: 'unknown-release', message, hint });
}

function unwritable(file: string, reason: string): PackyardError {
  return new PackyardError({
    code: 'output-unwritable',
    message: `${file} cannot be written: ${reason}.`,
    hint: 'Put a file, or nothing, in that place.',
  });
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function refuse({ name, versions, state, reason, at, replacement }: EditStatusOptions): void {
  if (!isPackName(name))
    throw usage(`${JSON.stringify(name)} cannot be the name of a pack.`, 'Name pack and versions, as in nginx@1.2.x.');
  if (parseSelector(versions) === undefined) {
    throw usage(
      `${JSON.stringify(versions)} says no versions.`,
      'Name one version (1.3.1), a train (1.3.x), a range (">=1.2 <2"), or "*" for all.',
    );
  }
  if (state !== 'active' && (reason === undefined || reason.trim() === '')) {
    throw usage('No reason is given.', 'Say why, for the people who use it: --reason "CVE-2026-1234"');
  }
  if (at !== undefined && !isCalendarDate(at)) {
    throw usage(`There is no day ${JSON.stringify(at)}.`, 'Write year, month and day: --at 2026-05-01');
  }
  if (replacement?.trim() === '')
    throw usage('The replacement is empty.', 'Name a version, or leave --replacement out.');
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
