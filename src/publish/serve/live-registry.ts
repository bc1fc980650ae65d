import { realpath } from 'node:fs/promises';
import { join } from 'node:path';

import { build, type BuildResult } from '../../build/build.ts';
import { formatFinding } from '../../check/format-finding.ts';
import { PackyardError, systemCode } from '../../errors.ts';
import { sha256 } from '../../model/content.ts';
import type { Finding } from '../../model/finding.ts';
import { openRepository } from '../../repo/repository.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';
import { folderFacts } from './folder-facts.ts';
import type { PageFacts } from './page.ts';
import { StateEvents } from './state-events.ts';
import { watchFolders, type FolderWatch } from './watch-folders.ts';
import { whenQuiet } from './when-quiet.ts';

/** One build of a registry that is served while it changes. */
export type ServedBuild = { readonly result: BuildResult } | { readonly error: PackyardError };

/** Also those that kept a build from running, such as a mistake in `registry.yaml`. */
export function findingsOf(done: ServedBuild): readonly Finding[] {
  if ('result' in done) return done.result.findings;
  const { error } = done;
  return 'findings' in error && Array.isArray(error.findings) ? (error.findings as readonly Finding[]) : [];
}

export interface LiveOptions {
  /** A folder of the repository. */
  readonly repository: string;
  readonly keepGoing: boolean;
  /** Folder of the cache, or false for none. Default: that of builds. */
  readonly cache?: string | false;
  /** Called after each build in which anything was new. */
  readonly onBuild: (build: ServedBuild) => void;
  /** Changes will not be noticed any more. */
  readonly onBlind: (warning: { readonly message: string; readonly hint: string }) => void;
}

/** A registry that is built from a work tree whenever that changes. */
export interface LiveRegistry {
  /** Real path of the folder that holds what the last build without errors made. */
  readonly folder: string;
  readonly events: StateEvents;
  facts(): Promise<PageFacts>;
  close(): Promise<void>;
}

/** An editor writes a file in some steps, and Git a branch in many. */
const TIMES = { quiet: 100, most: 2000 };

/** Builds a work tree into a temporary folder, and again after every change. Rejects where the first build cannot run. */
export async function liveRegistry(options: LiveOptions): Promise<LiveRegistry> {
  const { root, gitDirectory } = await openRepository(options.repository);
  const temporary = await makeTemporaryFolder('serve');
  let watch: FolderWatch | undefined;
  try {
    const folder = await realpath(temporary);
    const events = new StateEvents('');
    let problems: readonly string[] = [];
    const run = async (onUnexpected: (error: unknown) => PackyardError): Promise<ServedBuild> => {
      const done = await buildInto(folder, options).catch((error: unknown) => ({ error: onUnexpected(error) }));
      problems = problemsOf(done);
      return done;
    };
    const rebuild = async (): Promise<void> => {
      watch?.refresh();
      const done = await run(unexpected);
      // The change that was in the way is followed by a build of what came of it.
      if ('error' in done && done.error.code === 'repository-changed') return work.poke();
      const before = events.state;
      events.announce(await stateOf(folder, problems));
      if (events.state !== before) options.onBuild(done);
    };
    const work = whenQuiet(rebuild, TIMES);
    watch = watchFolders({
      root,
      // Commits change what the index says, though no file does.
      files: [join(gitDirectory, 'logs', 'HEAD')],
      onChange: () => work.poke(),
      onBlind: (error) => options.onBlind(blindness(root, error)),
    });
    const first = await run((error) => {
      throw error;
    });
    if ('error' in first && first.error.code !== 'repository-changed') throw first.error;
    events.announce(await stateOf(folder, problems));
    if ('error' in first) work.poke();
    else options.onBuild(first);
    return {
      folder,
      events,
      facts: async () => ({ ...(await folderFacts(folder, problems)), state: events.state }),
      async close() {
        watch?.close();
        events.close();
        await work.close();
        await removeTemporaryFolder(temporary);
      },
    };
  } catch (error) {
    watch?.close();
    await removeTemporaryFolder(temporary);
    throw error;
  }
}

async function buildInto(out: string, { repository, keepGoing, cache }: LiveOptions): Promise<ServedBuild> {
  try {
    return { result: await build({ repository, out, keepGoing, ...(cache !== undefined && { cache }) }) };
  } catch (error) {
    if (error instanceof PackyardError) return { error };
    throw error;
  }
}

/** A server outlives what a build does not: a disk that is full, a folder for temporary files that was swept. */
function unexpected(cause: unknown): PackyardError {
  return new PackyardError({
    code: 'output-unwritable',
    message: `The registry could not be built: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: 'What was there before is served on; see to it, and change a file, or start again.',
    cause,
  });
}

function problemsOf(done: ServedBuild): readonly string[] {
  const found = findingsOf(done).map((finding) => formatFinding(finding, (_, text) => text));
  if ('error' in done)
    return [...found, done.error.message, ...(done.error.hint === undefined ? [] : [done.error.hint])];
  const stale = 'Nothing was built because of errors. What is shown is what was there before.';
  return [...(done.result.written ? [] : [stale]), ...found];
}

/** Another one whenever a page of the registry would show something else. */
async function stateOf(folder: string, problems: readonly string[]): Promise<string> {
  const { index, problems: all } = await folderFacts(folder, problems);
  return sha256(JSON.stringify([index ?? null, all])).slice(0, 16);
}

function blindness(root: string, error: unknown): { readonly message: string; readonly hint: string } {
  const full = ['ENOSPC', 'EMFILE'].includes(systemCode(error) ?? '');
  return {
    message: `Some changes in ${root} will not be noticed: folders in it cannot be watched (${systemCode(error) ?? 'unknown error'}).`,
    hint: full
      ? 'Raise the limit, such as with `sysctl fs.inotify.max_user_watches=524288`, and start again.'
      : 'Start again after a change.',
  };
}
