import type { Finding } from '../model/finding.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { LIMITS } from '../model/limits.ts';
import type { GitObjects } from '../repo/git-objects.ts';
import type { PackFileEntry } from '../repo/pack-files.ts';
import { findingOf } from './finding-of.ts';
import { junkFilter } from './junk.ts';
import { IGNORE_FILE, MANIFEST_FILE, VALUES_FILE } from './pack.ts';

export interface WithoutJunk {
  readonly kept: PackFileEntry[];
  /** Paths of what is always left out, whatever `.packignore` says. */
  readonly junk: readonly string[];
  readonly findings: readonly Finding[];
}

/** Files of a pack less its junk; says why its `.packignore` cannot be used. */
export async function withoutJunk(objects: GitObjects, all: readonly PackFileEntry[]): Promise<WithoutJunk> {
  const rules = await readIgnoreRules(objects, all);
  const work = { left: LIMITS.packignoreSteps };
  const isJunk = junkFilter('text' in rules ? rules.text : '', work);
  const kept: PackFileEntry[] = [];
  const left: string[] = [];
  for (const entry of all) {
    const { path } = entry;
    if (path === MANIFEST_FILE || path === VALUES_FILE || !isJunk(path)) kept.push(entry);
    else if (path !== IGNORE_FILE) left.push(path);
  }
  const junk = left.filter(junkFilter());
  const slow = work.left < 0 ? 'its rules take too long to apply to the files of the pack' : undefined;
  const reason = 'reason' in rules ? rules.reason : slow;
  return { kept, junk, findings: reason === undefined ? [] : [findingOf('file/packignore', IGNORE_FILE, { reason })] };
}

async function readIgnoreRules(
  objects: GitObjects,
  all: readonly PackFileEntry[],
): Promise<{ readonly text: string } | { readonly reason: string }> {
  const entry = all.find(({ path }) => path === IGNORE_FILE);
  if (entry === undefined) return { text: '' };
  if (entry.type === 'symlink') return { reason: 'it is a symbolic link' };
  if (entry.type === 'submodule') return { reason: 'it is a Git repository of its own (a submodule)' };
  const { data } = await objects.read(entry.oid, LIMITS.packignoreBytes);
  if (data === undefined) return { reason: `it is larger than ${formatBytes(LIMITS.packignoreBytes)}` };
  return { text: data.toString('utf8') };
}
