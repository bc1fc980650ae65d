import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

import type { FileChange } from '../check/fix/file-changes.ts';
import { PackyardError, systemCode } from '../errors.ts';
import { linkStats } from '../remote/link-stats.ts';
import { moveNow } from '../remote/move.ts';

/**
 * Why a file of the work tree cannot take a change; undefined when it can. A change was made for what Git stores: where
 * filters, encodings or hidden edits make the file another one, writing would lose something.
 */
export function obstacle(root: string, { path, kind, before }: FileChange): string | undefined {
  const above = wrongAbove(root, path);
  if (above !== undefined) return above;
  const stats = linkStats(join(root, path));
  if (kind === 'write' && before === undefined)
    return stats === undefined ? undefined : 'something that is not part of the pack is there';
  if (stats === undefined) return kind === 'remove' ? undefined : 'it is not there';
  if (!stats.isFile()) return 'it is no regular file';
  if (before === undefined) return undefined;
  const data = readFileSync(join(root, path));
  return data.equals(before) || withoutCarriageReturns(data).equals(before)
    ? undefined
    : 'it is not what Git has of it';
}

/** Brings one file of the work tree to what it is to be. Throws `output-unwritable`. */
export function applyChange(root: string, { path, kind, data, before, executable }: FileChange): void {
  const target = join(root, path);
  const staged = `${target}.packyard.tmp`;
  try {
    if (kind === 'remove') {
      rmSync(target, { force: true });
      return;
    }
    const mode = modeOf(linkStats(target), executable);
    if (kind === 'write' && data !== undefined) {
      mkdirSync(dirname(target), { recursive: true });
      rmSync(staged, { force: true });
      const lines = before !== undefined && !readFileSync(target).equals(before) ? withCarriageReturns(data) : data;
      writeFileSync(staged, lines, { flag: 'wx' });
      chmodSync(staged, mode);
      moveNow(staged, target);
    } else chmodSync(target, mode);
  } catch (error) {
    rmSync(staged, { force: true });
    throw new PackyardError({
      code: 'output-unwritable',
      message: `${target} cannot be written (${systemCode(error) ?? 'unknown error'}).`,
      hint: 'Look at the rights of the file and its folder; what was repaired before stays repaired.',
      cause: error,
    });
  }
}

/** What stands where a folder of the path should be; undefined where nothing does. */
function wrongAbove(root: string, path: string): string | undefined {
  const names = path.split('/');
  for (const index of names.slice(1).keys()) {
    const stats = linkStats(join(root, ...names.slice(0, index + 1)));
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink()) return 'a folder above it is a symbolic link';
    if (!stats.isDirectory()) return 'a file is where a folder above it should be';
  }
  return undefined;
}

function modeOf(stats: Stats | undefined, executable: boolean): number {
  const mode = (stats?.mode ?? 0o644) & 0o777;
  return executable ? mode | 0o111 : mode & ~0o111;
}

/** As Git checks a text out where `core.autocrlf` or `eol=crlf` says so. */
function withCarriageReturns(data: Buffer): Buffer {
  return Buffer.from(data.toString('latin1').replace(/\r?\n/gu, '\r\n'), 'latin1');
}

function withoutCarriageReturns(data: Buffer): Buffer {
  return Buffer.from(data.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
