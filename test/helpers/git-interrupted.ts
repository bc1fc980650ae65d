import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withEnvironment } from './environment.ts';
import { requirePosix } from './sandbox.ts';
import { scratch } from './scratch.ts';

/**
 * Until the test ends, Git runs a shell script right before or after one of its commands, the first time that it is
 * run. Resolves with a function that tells whether it did.
 */
export async function interruptGit(
  when: 'before' | 'after',
  command: string,
  directory: string,
  script: string,
): Promise<() => boolean> {
  requirePosix('scripts that are programs');
  const folder = await scratch();
  const [waiting, done] = [join(folder, 'waiting'), join(folder, 'done')];
  writeFileSync(waiting, `set -e\ncd '${directory}'\n${script}\n`);
  const path = process.env['PATH'] ?? '';
  const change = `mv '${waiting}' '${done}' 2>/dev/null && (unset GIT_INDEX_FILE GIT_OBJECT_DIRECTORY; sh '${done}' >&2)`;
  const wrapped = when === 'before' ? `${change}; exec git "$@"` : `git "$@"; status=$?; ${change}; exit $status`;
  const program = join(folder, 'git');
  writeFileSync(
    program,
    `#!/bin/sh\nPATH='${path}'\ncase " $* " in *' ${command} '*) ${wrapped};; *) exec git "$@";; esac\n`,
  );
  chmodSync(program, 0o755);
  withEnvironment({ PATH: `${folder}:${path}` });
  return () => existsSync(done);
}
