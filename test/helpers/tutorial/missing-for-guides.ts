import { spawnSync } from 'node:child_process';

import { PEERS_REQUIRED } from '../peers.ts';

/** Whether a program that a guide uses is missing, so that its test is skipped; never where peers are required. */
export function missingForGuides(...programs: readonly string[]): boolean {
  if (PEERS_REQUIRED) return false;
  if (process.platform === 'win32') return true;
  return ['bash', 'git', ...programs].some(
    (program) => spawnSync('sh', ['-c', 'command -v "$0"', program]).status !== 0,
  );
}
