import { PackyardError } from '../errors.ts';
import { contentOf } from '../model/content.ts';
import { startOperation, type Operation } from '../client/operation.ts';
import { readBuiltFolder, type BuiltFolder } from './built-folder.ts';
import { indexFacts, type WantedRegistry } from './plan-publish.ts';
import { publishRun } from './publish-run.ts';
import { requireApart } from './require-apart.ts';
import type { PublishEvent, PublishOptions, PublishResult } from './publish-options.ts';

/**
 * Makes what readers of a place get the registry in a folder: immutable files first, the index last, with a condition.
 * Where another publisher was faster it is planned anew; where that one's serial is higher, the result is `older` and
 * nothing is put back. Running it again after any failure finishes the job.
 *
 * Rejects with `registry-damaged` where the folder is no sound registry, `registry-not-found` where it holds none,
 * `output-foreign` where the place holds something else, `site-too-large` where it would hold more than it may,
 * `registry-changed` where others publish again and again, and as the store does.
 */
export function publish(options: PublishOptions): Operation<PublishEvent, PublishResult> {
  const { signal, onEvent } = options;
  return startOperation((emit, stop) => work(options, emit, stop), {
    ...(signal !== undefined && { signal }),
    ...(onEvent !== undefined && { onEvent }),
  });
}

async function work(
  options: PublishOptions,
  emit: (event: PublishEvent) => void,
  signal: AbortSignal,
): Promise<PublishResult> {
  const { from, prune } = options;
  if (prune !== undefined && !(prune.keep >= 0)) {
    throw new PackyardError({
      code: 'usage',
      message: 'The time for which old files are kept is not a number of milliseconds, 0 or more.',
      hint: 'Keep them for as long as readers may take, such as 7 days.',
    });
  }
  const { folder: target } = options.store;
  if (target !== undefined) requireApart(from, target);
  const folder = await readBuiltFolder(from, signal);
  if (folder.index.source.dirty === true) {
    emit({
      kind: 'warning',
      warning: {
        code: 'dirty',
        message: `The registry in ${folder.location} was built with changes that are not committed.`,
        hint: 'Commit them and build anew, so that everybody can tell what it was made from.',
      },
    });
  }
  return publishRun(
    wantedOf(folder),
    { ...options, signal },
    {
      emit,
      signal,
      documents: folder.documents,
    },
  );
}

function wantedOf({ index, indexBytes, indexSha256, files }: BuiltFolder): WantedRegistry {
  return {
    document: index,
    index: indexFacts({ index, sha256: indexSha256 }),
    indexContent: contentOf(indexBytes),
    files,
  };
}
