import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

import { onTestFinished, TestRunner } from 'vitest';

/** Whether files have modes, scripts are programs, and links and pipes are for everybody. */
export const POSIX: boolean = process.platform !== 'win32';

/** Skips the test that runs where a script is no program, or a mode no right, and says so. */
export function requirePosix(what: string): void {
  if (!POSIX) TestRunner.getCurrentTest()?.context.skip(`Windows has no ${what}`);
}

function works(...command: readonly string[]): boolean {
  const [program = '', ...args] = command;
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/**
 * Wrapper under which file permissions bind, or undefined where there is none: for an ordinary user they bind anyway;
 * root has to give up the capability to ignore them.
 */
export function boundByPermissions(): readonly string[] | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.getuid?.() !== 0) return [];
  const dropped = '-dac_override,-dac_read_search,-fowner';
  const wrapper = ['setpriv', `--bounding-set=${dropped}`, `--inh-caps=${dropped}`];
  return works(...wrapper, 'true') ? wrapper : undefined;
}

/** Wrapper in which file systems can be mounted without anybody else seeing them, or undefined where there is none. */
export function ownMounts(): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const wrapper = ['unshare', '--map-root-user', '--mount'];
  return works(...wrapper, 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt') ? wrapper : undefined;
}

/** Takes the right to write to a folder away until the test ends. */
export function makeReadOnly(folder: string): void {
  requirePosix('folders that may not be written to by their mode');
  chmodSync(folder, 0o555);
  onTestFinished(() => chmodSync(folder, 0o755));
}
