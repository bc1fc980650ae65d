import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { scratch } from './scratch.ts';

/** A file's text or bytes; null removes it. */
export type FileMap = Readonly<Record<string, string | Uint8Array | null>>;

/** A real Git repository in a folder of its own. */
export interface TestRepository {
  readonly path: string;
  git(...args: string[]): string;
  write(files: FileMap): void;
  /** Writes files and commits everything, at a fixed time that grows by a day a commit; gives the commit's id. */
  commit(files: FileMap, message?: string): string;
}

const FIRST_COMMIT = Date.UTC(2024, 0, 1, 12) / 1000;

export async function gitRepository(files?: FileMap): Promise<TestRepository> {
  const path = await scratch();
  let commits = 0;
  const environment = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.org',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.org',
  };
  const repository: TestRepository = {
    path,
    git: (...args) => {
      const time = `${FIRST_COMMIT + commits * 86_400} +0000`;
      const env = { ...environment, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
      return execFileSync('git', args, { cwd: path, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
    },
    write(map) {
      for (const [name, content] of Object.entries(map)) {
        const file = join(path, name);
        if (content === null) {
          rmSync(file, { recursive: true, force: true });
          continue;
        }
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    },
    commit(map, message = 'change') {
      repository.write(map);
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '--allow-empty', '-m', message);
      commits += 1;
      return repository.git('rev-parse', 'HEAD');
    },
  };
  repository.git('init', '--quiet', '--initial-branch=main');
  if (files !== undefined) repository.commit(files, 'first');
  return repository;
}
