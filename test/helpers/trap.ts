import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withEnvironment } from './environment.ts';
import { gitRepository, type TestRepository } from './git-repository.ts';
import { packFiles } from './pack-fixture.ts';
import { requirePosix } from './sandbox.ts';
import { scratch } from './scratch.ts';

export interface Trap {
  readonly repository: TestRepository;
  /** A program that leaves a mark and passes on what it is given. */
  readonly program: string;
  readonly sprung: () => boolean;
}

/** A repository, and a program that it could name in its settings. */
export async function trap(): Promise<Trap> {
  requirePosix('scripts that are programs');
  withEnvironment({ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' });
  const repository = await gitRepository(packFiles('packs/demo', { files: { 'run.sh': '#!/bin/sh\n' } }));
  repository.commit(packFiles('packs/other', { name: 'other' }));
  const folder = await scratch();
  const [program, mark] = [join(folder, 'program'), join(folder, 'mark')];
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\ncase "$1" in ''|clean) cat ;; esac\n`);
  chmodSync(program, 0o755);
  const sprung = (): boolean => {
    const found = existsSync(mark);
    rmSync(mark, { force: true });
    return found;
  };
  return { repository, program, sprung };
}
