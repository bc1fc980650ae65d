import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Identity } from '../../publish/git/commit-identity.ts';
import type { SourceFile } from './read-work-files.ts';
import type { TreeFiles } from './tree-files.ts';
import { spaceFor, type Workspace } from './workspace.ts';

/** Writes files to the workspace as Git objects, byte for byte. */
export async function writeBlobs(workspace: Workspace, files: readonly SourceFile[]): Promise<TreeFiles> {
  const staging = join(workspace.folder, 'files');
  await spaceFor(async () => {
    await mkdir(staging);
    for (const [index, { data }] of files.entries()) await writeFile(join(staging, String(index)), data);
  });
  const input = files.map((_, index) => `../files/${index}\n`).join('');
  const listed = await workspace.git(['hash-object', '-w', '--no-filters', '--stdin-paths'], { input });
  await rm(staging, { recursive: true, force: true, maxRetries: 3 });
  const oids = listed.split('\n');
  return new Map(files.map(({ path, mode }, index) => [path, `${mode} ${oids[index] ?? ''}`]));
}

/** Puts a directory into a commit's tree, in place of what was there, and gives the tree that comes of it. */
export async function treeWith(
  workspace: Workspace,
  parent: string,
  directory: string,
  { before, after }: { readonly before: TreeFiles; readonly after: TreeFiles },
): Promise<string> {
  const index = join(workspace.folder, 'index');
  const environment = { GIT_INDEX_FILE: index };
  await rm(index, { force: true });
  await workspace.git(['read-tree', parent], { environment });
  const nothing = `0 ${'0'.repeat(parent.length)}`;
  const gone = [...before.keys()].filter((path) => !after.has(path));
  const lines = [
    ...gone.map((path) => `${nothing}\t${directory}/${path}\0`),
    ...[...after].map(([path, file]) => `${file}\t${directory}/${path}\0`),
  ];
  await workspace.git(['update-index', '-z', '--index-info'], { environment, input: lines.join('') });
  return (await workspace.git(['write-tree', '--missing-ok'], { environment })).trim();
}

/** Makes a commit on top of another; signed where the user's own settings want every commit to be. */
export async function commitOn(
  workspace: Workspace,
  parent: string,
  tree: string,
  { message, author }: { readonly message: string; readonly author: Identity },
): Promise<string> {
  const signs = await workspace.run(['config', '--type=bool', '--get', 'commit.gpgsign']);
  const options = signs.stdout.trim() === 'true' ? ['-S'] : [];
  const { name, email } = author;
  const environment = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
  const settings = ['-c', 'i18n.commitEncoding=UTF-8'];
  const made = await workspace.git([...settings, 'commit-tree', ...options, '-p', parent, tree], {
    environment,
    input: message,
  });
  return made.trim();
}
