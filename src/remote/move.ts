import { lstatSync, renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { systemCode } from '../errors.ts';

/** What Windows says of a file that somebody has open, and of a folder in which somebody has one open. */
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Milliseconds between tries, a bit more than a second in all: scanners and indexers look at what is new, and let go. */
const PAUSES: readonly number[] = [10, 20, 40, 80, 160, 320, 640];

/** Renames a file or a folder; a file takes the place of another. On Windows it is tried for a while where one is in use. */
export async function move(from: string, to: string): Promise<void> {
  for (const pause of PAUSES) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!mayBeLetGo(error, to)) throw error;
    }
    await sleep(pause);
  }
  return rename(from, to);
}

/** The same at once. */
export function moveNow(from: string, to: string): void {
  untilLetGo(() => renameSync(from, to), to);
}

/** Tries as `moveNow` does; `target` is what the work puts something else in the place of. */
export function untilLetGo(work: () => void, target: string, platform: NodeJS.Platform = process.platform): void {
  for (const pause of PAUSES) {
    try {
      return work();
    } catch (error) {
      if (!mayBeLetGo(error, target, platform)) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
  return work();
}

/** What to do where a system error may mean that something is in use, which only Windows minds; else the hint as it is. */
export function hintWhileInUse(code: string, hint: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32' || !IN_USE.has(code)) return hint;
  return `Close what may have it open, such as an editor or a terminal in it, and try again. ${hint}`;
}

/** A folder that is in the place itself does not go by waiting. */
function mayBeLetGo(error: unknown, target: string, platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'win32' || !IN_USE.has(systemCode(error) ?? '')) return false;
  return lstatSync(target, { throwIfNoEntry: false })?.isDirectory() !== true;
}
