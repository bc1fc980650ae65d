import { accessSync, constants, statSync } from 'node:fs';
import platform, { type PlatformPath } from 'node:path';

import { programOnPath } from '../../repo/git-program.ts';

/**
 * The absolute path of the first program of a name on PATH, never of one in the current folder; where there is none, a
 * path at which nothing is.
 */
export function trustedProgram(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
  system: PlatformPath = platform,
  isThere: (path: string) => boolean = isProgram,
): string {
  return programOnPath(system.sep === '\\' ? `${name}.exe` : name, environment, isThere, system);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
