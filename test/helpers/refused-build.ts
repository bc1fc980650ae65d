import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { runCli, transcript, type CliOptions } from './cli.ts';
import { gitRepository, type FileMap, type TestRepository } from './git-repository.ts';
import { packFiles, type PackOptions } from './pack-fixture.ts';

/** Builds the work tree of a repository with `packyard build` and gives the whole run as text. */
export async function buildTranscript(
  repository: TestRepository,
  args: readonly string[] = [],
  options: CliOptions = {},
): Promise<string> {
  const out = join(repository.path, 'public');
  const result = await runCli(['build', ...args], { cwd: repository.path, ...options });
  return transcript(result, { out, repo: repository.path });
}

/** The same for files that are committed first. */
export async function transcriptOf(files: FileMap, args: readonly string[] = []): Promise<string> {
  return buildTranscript(await gitRepository(files), args);
}

/** The same for one pack. */
export async function packTranscript(options: PackOptions): Promise<string> {
  return transcriptOf(packFiles('packs/demo', options));
}

/** Commits a symbolic link without making one, which not every system lets everybody do. */
export function commitLink(repository: TestRepository, path: string, target: string): void {
  const oid = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: repository.path, input: target });
  repository.git('update-index', '--add', '--cacheinfo', `120000,${oid.toString('utf8').trim()},${path}`);
  repository.git('commit', '--quiet', '-m', 'link');
}
