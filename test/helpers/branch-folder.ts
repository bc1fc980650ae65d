import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import type { BareRemote } from './bare-remote.ts';
import { scratch } from './scratch.ts';

/** What a commit of a remote has, in a folder. */
export async function branchFolder(remote: BareRemote, commit: string): Promise<string> {
  const folder = await scratch();
  const archive = join(await scratch(), 'commit.tar');
  remote.git('archive', `--output=${archive}`, commit);
  execFileSync('tar', ['xf', archive, '-C', folder]);
  return folder;
}
