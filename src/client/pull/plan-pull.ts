import { lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { oneLine } from '../../check/one-line.ts';
import { shortened } from '../../check/shortened.ts';
import { PackyardError, systemCode } from '../../errors.ts';
import { foldedPath, notPortable } from '../../model/portable-path.ts';
import { slots } from '../../remote/slots.ts';
import type { ChooseOptions } from '../choose-release.ts';
import { parseReference, referenceText, type PackReference } from '../reference.ts';
import type { ClientWarning, Registry, RegistryRelease } from '../registry.ts';
import { resolveRelease } from '../resolve.ts';
import { isFailure, type PlannedPack, type PullFailure, type PullPlan } from './pull-plan.ts';

export interface PlanPullOptions extends ChooseOptions {
  /** Where the packs go: each into a folder `<name>-<version>` of its own. The current folder unless told. */
  readonly directory?: string;
  /** Keep the archive as `<name>-<version>.tar.gz`, and unpack nothing. */
  readonly archive?: boolean;
  readonly signal?: AbortSignal;
}

/** A release to pull, and where from. */
export interface ReleaseToPull extends RegistryRelease {
  readonly registry: Registry;
  /** How it was asked for; `name@version` unless told. */
  readonly references?: readonly string[];
  readonly warnings?: readonly ClientWarning[];
}

/** Packs whose documents are asked for at once; the registry has a width of its own. */
const WIDTH = 16;

/**
 * What pulling some packs would do; only documents are fetched. Throws `usage` where a text is no reference; what cannot
 * be resolved is in `failures`. Rejects with the reason of the signal.
 */
export async function planPull(
  registry: Registry,
  references: readonly (string | PackReference)[],
  options: PlanPullOptions = {},
): Promise<PullPlan> {
  const parsed = references.map((each) => (typeof each === 'string' ? parseReference(each) : each));
  const { take } = slots(WIDTH);
  const found = await Promise.all(
    distinct(parsed).map(async (reference): Promise<ReleaseToPull | PullFailure> => {
      const giveBack = await take();
      try {
        options.signal?.throwIfAborted();
        return await resolved(registry, reference, options);
      } catch (error) {
        return { references: [referenceText(reference)], error };
      } finally {
        giveBack();
      }
    }),
  );
  options.signal?.throwIfAborted();
  const releases = found.filter((each): each is ReleaseToPull => !isFailure(each));
  return planReleases(releases, options, found.filter(isFailure));
}

function distinct(references: readonly PackReference[]): readonly PackReference[] {
  return [...new Map(references.map((reference) => [referenceText(reference), reference])).values()];
}

async function resolved(
  registry: Registry,
  reference: PackReference,
  options: PlanPullOptions,
): Promise<ReleaseToPull> {
  const warnings: ClientWarning[] = [];
  const onWarning = (warning: ClientWarning): void => {
    warnings.push(warning);
    options.onWarning?.(warning);
  };
  const release = await resolveRelease(registry, reference, { ...options, onWarning });
  return { ...release, registry, references: [referenceText(reference)], warnings };
}

/** The same for releases that were chosen already, by a lock for instance; `failures` are taken over. */
export async function planReleases(
  releases: readonly ReleaseToPull[],
  { directory = '.', archive = false }: PlanPullOptions = {},
  failures: readonly PullFailure[] = [],
): Promise<PullPlan> {
  const root = resolve(directory);
  const planned = new Map<string, PlannedPack>();
  const refused: PullFailure[] = [];
  for (const { name, release, registry, warnings = [], ...asked } of releases) {
    const references = asked.references ?? [`${name}@${release.version}`];
    const folder = `${name}-${release.version}`;
    const target = join(root, archive ? `${folder}.tar.gz` : folder);
    // Some file systems tell neither upper from lower case, nor compositions of a letter.
    const key = foldedPath(folder);
    const other = planned.get(key);
    const problem = nameProblem(registry, name, release.version) ?? clash(other, name, release.version);
    if (problem !== undefined) {
      refused.push({ references, error: problem });
      continue;
    }
    planned.set(key, {
      name,
      release,
      registry,
      references: [...(other?.references ?? []), ...references],
      target,
      exists: other?.exists ?? (await isThere(target)),
      warnings: distinctWarnings([...(other?.warnings ?? []), ...warnings]),
    });
  }
  return { directory: root, archive, packs: [...planned.values()], failures: [...failures, ...refused] };
}

/** A version becomes the name of a folder: whoever wrote the document must not choose another place. */
function nameProblem({ location }: Registry, name: string, version: string): PackyardError | undefined {
  const folder = `${name}-${version}`;
  const reason = folder.includes('/') ? 'it holds "/"' : notPortable(folder);
  if (reason === undefined) return undefined;
  return new PackyardError({
    code: 'registry-invalid',
    message: `${location} has a release of the pack ${JSON.stringify(name)} whose version ${JSON.stringify(shortened(version))} cannot be the name of a folder: ${reason}.`,
    hint: 'Tell the owner of the registry; choose another version until it is mended.',
  });
}

function clash(other: PlannedPack | undefined, name: string, version: string): PackyardError | undefined {
  if (other === undefined || (other.name === name && other.release.version === version)) return undefined;
  return new PackyardError({
    code: 'usage',
    message: oneLine(
      `${name}@${version} and ${other.name}@${other.release.version} would land in the same place: ${other.target}`,
    ),
    hint: 'Pull them one after the other, into different folders.',
  });
}

function distinctWarnings(warnings: readonly ClientWarning[]): readonly ClientWarning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    // What else is wrong with the place is said where something is written.
    return !['ENOENT', 'ENOTDIR', 'EACCES', 'ENAMETOOLONG', 'ELOOP'].includes(systemCode(error) ?? '');
  }
}
