import { compareText } from '../model/compare-text.ts';
import type { KnownDocuments } from './built-folder.ts';
import type { PlaceState } from './plan-publish.ts';
import type { PublishWarning } from './publish-options.ts';

/** Releases that a message names. */
const NAMED = 5;

const ARTIFACT = /^packs\/([^/]+)\/([^/]+)\/[^/]+\.tar\.gz$/u;

/**
 * Warns of the releases that readers of a place have and that the registry with these documents takes from them, or gives
 * other bytes without saying so: what happens where it was built without `--previous`. Each release is named once, however
 * often it is planned anew. What the place's documents say is known by then; nothing is asked.
 */
export function lostReleases(
  documents: KnownDocuments,
): (place: Pick<PlaceState, 'location' | 'liveFiles'>) => readonly PublishWarning[] {
  const said = new Set<string>();
  const isNews = ([path]: readonly [string, string]): boolean => !said.has(path);
  return ({ location, liveFiles }) => {
    const live = [...liveFiles].filter(([path]) => ARTIFACT.test(path)).filter(isNews);
    const gone = live.filter(([path]) => newHash(path, documents) === undefined);
    const replaced = live.filter(([path, sha256]) => {
      const hash = newHash(path, documents);
      return hash !== undefined && hash !== sha256 && !isOnPurpose(path, documents);
    });
    for (const [path] of [...gone, ...replaced]) said.add(path);
    const warnings: PublishWarning[] = [];
    if (gone.length > 0) warnings.push(goneWarning(location, gone));
    if (replaced.length > 0) warnings.push(replacedWarning(location, replaced));
    return warnings;
  };
}

type Artifact = readonly [path: string, sha256: string];

function newHash(path: string, documents: KnownDocuments): string | undefined {
  return documents.get(packOf(path))?.files.get(path);
}

function isOnPurpose(path: string, documents: KnownDocuments): boolean {
  return documents.get(packOf(path))?.superseding.has(path) === true;
}

function packOf(path: string): string {
  return ARTIFACT.exec(path)?.[1] ?? '';
}

function goneWarning(location: string, gone: readonly Artifact[]): PublishWarning {
  const [count, them] = gone.length === 1 ? ['1 release', 'it'] : [`${gone.length} releases`, 'them'];
  return {
    code: 'releases-lost',
    message: `Readers of ${location} lose ${count} that this registry does not have: ${named(gone)}.`,
    hint: `To keep ${them}, build with --previous and the address or folder of what is live, and publish that. With \`onRemove: drop\` in registry.yaml a release goes when its pack does.`,
  };
}

function replacedWarning(location: string, replaced: readonly Artifact[]): PublishWarning {
  const count = replaced.length === 1 ? '1 release' : `${replaced.length} releases`;
  return {
    code: 'releases-lost',
    message: `Readers of ${location} get other bytes than before under the same version of ${count}: ${named(replaced)}.`,
    hint: 'Where they pinned what was published, they refuse it. Build with --previous and the address or folder of what is live: it keeps what is published, and says what differs.',
  };
}

function named(artifacts: readonly Artifact[]): string {
  const names = artifacts.map(([path]) => path.replace(ARTIFACT, '$1@$2')).toSorted(compareText);
  const rest = names.length - NAMED;
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more` : names.join(', ');
}
