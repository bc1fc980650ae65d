import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { bareRemote, type BareRemote } from './bare-remote.ts';
import { withEnvironment } from './environment.ts';
import type { FileMap } from './git-repository.ts';
import { packFiles, type PackOptions } from './pack-fixture.ts';
import { scratch } from './scratch.ts';

/** A name and an address that Git knows by the environment. */
export const ADA: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada Lovelace',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada Lovelace',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

/** A remote registry with `demo` 1.0.0 on its branch `main`; until the test ends Git knows who pushes. */
export async function pushRegistry(files: FileMap = packFiles('packs/demo-1.0.0')): Promise<BareRemote> {
  withEnvironment(ADA);
  const remote = await bareRemote();
  remote.commit('main', files as Readonly<Record<string, string>>);
  return remote;
}

/** A pack that is in order, in a folder that belongs to no repository; gives its path. */
export async function loosePack(options: PackOptions = {}): Promise<string> {
  const folder = await scratch();
  writeFiles(folder, packFiles('pack', options));
  return join(folder, 'pack');
}

export function writeFiles(folder: string, files: FileMap, executables: readonly string[] = []): void {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    if (executables.includes(path)) chmodSync(join(folder, path), 0o755);
  }
}
