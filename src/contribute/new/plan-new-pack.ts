import { PackyardError } from '../../errors.ts';
import { askGit } from '../../repo/ask-git.ts';
import { readChartPart } from '../chart/read-chart-part.ts';
import type { DraftPart } from '../draft-part.ts';
import type { RegistryRepository } from '../registry-repository.ts';
import { composePack } from './compose-pack.ts';
import { readLogoFile } from './logo-file.ts';
import { readManifestPart } from './manifest-part.ts';
import type { AskedFacts, NewPackOptions, NewPackPlan } from './new-pack-options.ts';
import { newPackFindings } from './new-pack-findings.ts';
import { packFacts, takenRelease, type FactSources } from './pack-facts.ts';
import { placeOf, repositoryAround } from './pack-place.ts';
import { placeDecisions } from './place-decisions.ts';
import { planNextVersion } from './plan-next-version.ts';
import { readRolePart } from './role-part.ts';

/**
 * Computes a new pack from charts, manifests and roles, from the version before, or from nothing but its layer; writes
 * nothing. Rejects with `usage` and `chart-invalid` for what no pack can be made of, with `version-exists` where the
 * repository has that release, with `output-unwritable` where something is in its place, and as `readChartPart`,
 * `planBump` and `openRegistryRepository` do.
 */
export async function planNewPack(options: NewPackOptions): Promise<NewPackPlan> {
  if (options.from !== undefined) return planNextVersion(options, options.from);
  requireOneHash(options);
  const repository = await repositoryAround(options.repository, options.out, options.cache);
  const parts = await readParts(options);
  options.signal?.throwIfAborted();
  const logo = options.logo === undefined ? undefined : await readLogoFile(options.logo);
  const user = options.contributor === undefined ? await gitUser(repository) : undefined;
  const facts = packFacts(await completed(options, { asked: options, packs: repository?.packs ?? [], parts, user }));
  const taken = takenRelease(repository?.packs ?? [], facts.name, facts.version);
  if (taken !== undefined) throw taken;
  const place = placeOf(repository, facts, options.out);
  const { files, decisions } = composePack(facts, parts, logo);
  const inRepository = place.inRepository ? repository : undefined;
  const findings = await newPackFindings(files, place.directory, inRepository);
  const { name, version, layer, displayName } = facts;
  const placed = inRepository === undefined ? [] : await placeDecisions(inRepository, place.directory, files);
  return { name, version, layer, displayName, ...place, files, findings, decisions: [...decisions, ...placed] };
}

function requireOneHash({ charts = [], chartSha256 }: NewPackOptions): void {
  if (chartSha256 === undefined || charts.length === 1) return;
  throw new PackyardError({
    code: 'usage',
    message: '--chart-sha256 needs one --chart, and not more.',
    hint: 'Name the chart that has it, or leave it out.',
  });
}

/** Charts come first: what they say goes before what manifests and roles do. */
async function readParts({
  charts = [],
  chartSha256: sha256,
  icon,
  logo,
  manifests = [],
  roles = [],
  splitByKind = false,
  signal,
}: NewPackOptions): Promise<DraftPart[]> {
  const parts: DraftPart[] = [];
  for (const source of charts) {
    const hasLogo = logo !== undefined || parts.some((part) => part.logo !== undefined);
    parts.push(await readChartPart(source, { sha256, fetchIcon: hasLogo ? false : icon, signal }));
  }
  if (manifests.length > 0) parts.push(await readManifestPart(manifests, { splitByKind }));
  for (const role of roles) parts.push(readRolePart(role));
  return parts;
}

/** With what somebody adds to what is known, where somebody is asked. */
async function completed({ complete }: NewPackOptions, sources: FactSources): Promise<FactSources> {
  if (complete === undefined) return sources;
  const { asked } = sources;
  const proposed = proposedFacts(sources);
  const answer: AskedFacts = await complete({
    ...proposed,
    isNamed: sources.asked.name !== undefined,
    refuse: (name, version) => refusal(sources, name, version),
  });
  return { ...sources, asked: { ...asked, ...answer } };
}

/** Where even a name is missing, nothing is proposed but what was asked for. */
function proposedFacts(sources: FactSources): AskedFacts {
  try {
    return packFacts(sources);
  } catch (error) {
    if (error instanceof PackyardError && sources.asked.name === undefined) return sources.asked;
    throw error;
  }
}

function refusal(sources: FactSources, name: string, version?: string): string | undefined {
  try {
    packFacts({ ...sources, asked: { ...sources.asked, name, ...(version !== undefined && { version }) } });
  } catch (error) {
    if (error instanceof PackyardError) return error.message;
    throw error;
  }
  return version === undefined ? undefined : takenRelease(sources.packs, name, version)?.message;
}

async function gitUser(repository: RegistryRepository | undefined): Promise<string | undefined> {
  try {
    const name = await askGit(repository?.root ?? '.', ['config', '--get', 'user.name']);
    return name.trim() === '' ? undefined : name.trim();
  } catch {
    return undefined;
  }
}
