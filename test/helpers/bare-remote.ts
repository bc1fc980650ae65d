import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { entryOf } from '../../src/model/entry-of.ts';
import { contentOf } from '../../src/model/content.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Store, StoredFile } from '../../src/publish/store.ts';
import { scratch } from './scratch.ts';

/** A real bare repository that is pushed to. */
export interface BareRemote {
  readonly path: string;
  readonly url: string;
  git(...args: string[]): string;
  /** Text of a file on a branch. */
  file(branch: string, path: string): string;
  files(branch: string): string[];
  /** Makes a hook of a shell script. */
  hook(name: string, script: string): void;
  /** Commits files to a branch, beside what is there. */
  commit(branch: string, files: Readonly<Record<string, string>>): void;
}

export async function bareRemote(): Promise<BareRemote> {
  const path = join(await scratch(), 'remote.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', path]);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const run = (args: readonly string[], input = ''): string =>
    execFileSync('git', args, { cwd: path, env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  run(['config', 'uploadpack.allowFilter', 'true']);
  return {
    path,
    url: pathToFileURL(path).href,
    git: (...args) => run(args).trim(),
    file: (branch, name) => run(['show', `${branch}:${name}`]),
    files: (branch) =>
      run(['ls-tree', '-r', '--name-only', branch])
        .split('\n')
        .filter((name) => name !== ''),
    hook(name, script) {
      const file = join(path, 'hooks', name);
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    },
    commit(branch, files) {
      const from = run(['for-each-ref', `refs/heads/${branch}`]) === '' ? '' : `from refs/heads/${branch}^0\n`;
      const lines = Object.entries(files).map(
        ([name, text]) => `M 100644 inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
      );
      const head = `commit refs/heads/${branch}\ncommitter Other <other@example.org> 1700000000 +0000\ndata 5\nother\n`;
      run(['fast-import', '--quiet'], `${head}${from}${lines.join('')}\n`);
    },
  };
}

export function textEntry(path: string, text: string): Entry {
  return entryOf(path, contentOf(Buffer.from(text)), 'revalidate');
}

export async function listed(store: Store): Promise<Map<string, StoredFile>> {
  const files = new Map<string, StoredFile>();
  for await (const file of store.list()) files.set(file.path, file);
  return files;
}
