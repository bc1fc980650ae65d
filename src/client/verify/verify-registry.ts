import { realpathSync } from 'node:fs';

import { PackyardError } from '../../errors.ts';
import { defaultCacheDirectory } from '../../remote/cache-directory.ts';
import { inParallel } from '../../model/in-parallel.ts';
import type { IndexDocument } from '../../model/documents.ts';
import { isReplaced } from '../../remote/is-replaced.ts';
import { openRegistryFiles } from '../../remote/open-registry-files.ts';
import type { RegistryFiles } from '../../remote/registry-files.ts';
import { registryLocation } from '../../remote/registry-location.ts';
import type { OpenRegistryOptions } from '../open-registry-options.ts';
import { unknownPack } from '../unknown-pack.ts';
import { membershipFindings } from './membership.ts';
import { orphansIn } from './orphans.ts';
import { sharedDocuments, type SharedDocuments } from './registry-documents-of.ts';
import { isSchemaPath, schemaFindings } from './schema-findings.ts';
import { Verification, type Verified } from './verification.ts';
import { hasErrors, sortedFindings, type VerifyFinding } from './verify-finding.ts';
import type { VerifyProgress } from './verify-progress.ts';
import { verifyRegistryPack, type PackOutcome } from './verify-registry-pack.ts';
import type { Logos } from './verify-release.ts';
import { NO_STATE, openVerifyState, type VerifyState } from './verify-state.ts';

export interface VerifyRegistryOptions extends Pick<
  OpenRegistryOptions,
  'cache' | 'fetch' | 'headers' | 'userAgent' | 'width' | 'patience' | 'retries' | 'signal'
> {
  /** Documents only: archives, copies and logos are not read. In a directory it is looked whether they are there. */
  readonly shallow?: boolean;
  /** Only these packs. */
  readonly packs?: readonly string[];
  /**
   * Whether packs that an interrupted run of the last day found sound are passed over. Unless told, those of a host are, and
   * those of a directory are not: it is fast, and others may write into it.
   */
  readonly resume?: boolean;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

export interface RegistryVerification extends Verified {
  readonly kind: 'registry';
  readonly location: string;
  /** Whether nothing is wrong but for warnings. */
  readonly ok: boolean;
  /** By path. */
  readonly findings: readonly VerifyFinding[];
  readonly indexSha256: string;
  readonly packs: number;
  readonly releases: number;
  /** Packs whose files an earlier run had read. */
  readonly resumed: number;
}

/**
 * Reads a registry in a directory, or at a `file:` or HTTP(S) URL, from its index down, and says everything that is wrong
 * with it: every link, hash, size and document, whether documents agree with each other, and archives with what is said
 * of them. Of a directory also what nothing leads to. Where the registry is published anew meanwhile, it begins again,
 * once. Rejects with a `PackyardError` where there is no registry or its host gives nothing any more, with
 * `unknown-pack` where one of `packs` is none, with `registry-changed` when it changes again and again, and with the
 * reason of the signal.
 */
export async function verifyRegistry(
  location: string,
  options: VerifyRegistryOptions = {},
): Promise<RegistryVerification> {
  const { cache, fetch, headers, userAgent, width = 8, patience, retries, signal } = options;
  const given = { fetch, headers, userAgent, patience, retries, signal };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { files, remote } = await openRegistryFiles(location, { ...known, width });
  try {
    for (let again = false; ; again = true) {
      const state = await stateOf(files, remote, cache, options);
      const result = await verifyOnce(new Verification(files, { remote, width, signal }), location, options, state);
      if (result.ok || !(await isReplaced(files, result.indexSha256, signal))) return result;
      if (again) throw changed(files);
    }
  } finally {
    await files.close();
  }
}

function changed({ location }: RegistryFiles): PackyardError {
  return new PackyardError({
    code: 'registry-changed',
    message: `The registry at ${location} was published anew again and again while it was verified.`,
    hint: 'Run the command again.',
  });
}

async function stateOf(
  { location }: RegistryFiles,
  remote: boolean,
  cache: string | false | undefined,
  { shallow, resume }: VerifyRegistryOptions,
): Promise<VerifyState> {
  if (cache === false || shallow === true) return NO_STATE;
  return openVerifyState(cache ?? defaultCacheDirectory(), location, { trusted: resume ?? remote });
}

async function verifyOnce(
  verification: Verification,
  location: string,
  options: VerifyRegistryOptions,
  state: VerifyState,
): Promise<RegistryVerification> {
  const findings: VerifyFinding[] = [];
  const shared = await sharedDocuments(verification, findings);
  const { index, indexSha256 } = shared;
  const totals = { packs: 0, releases: 0, resumed: 0 };
  if (index !== undefined) {
    const names = wantedNames(index, options.packs, verification.files.location);
    if (options.packs === undefined) findings.push(...listingFindings(index, shared));
    const base = baseOf(location);
    const logos = new Map<string, boolean>();
    const outcomes = new Outcomes(names, shared, options.onProgress);
    await inParallel(names, verification.width, async (name) => {
      const wanted = { name, index, shared, logos, state, base, shallow: options.shallow === true };
      const outcome = await verifyRegistryPack(verification, wanted);
      for (const finding of outcome.findings) findings.push(finding);
      outcomes.add(name, outcome, verification.verified.bytes);
    });
    Object.assign(totals, outcomes.totals);
    if (options.packs === undefined) {
      findings.push(...(await schemaFindings(verification)));
      if (base !== undefined) findings.push(...sharedOrphans(base, index, outcomes.allRead ? logos : undefined));
    }
  }
  state.remove();
  return {
    kind: 'registry',
    location: verification.files.location,
    ok: !hasErrors(findings),
    findings: sortedFindings(findings),
    indexSha256,
    ...verification.verified,
    ...totals,
  };
}

/** The real path of a registry in a directory. */
function baseOf(location: string): string | undefined {
  const place = registryLocation(location);
  return place.kind === 'directory' ? realpathSync.native(place.path) : undefined;
}

function wantedNames(index: IndexDocument, packs: readonly string[] | undefined, location: string): string[] {
  const names = Object.keys(index.packs);
  if (packs === undefined) return names;
  for (const name of packs) if (index.packs[name] === undefined) throw unknownPack(name, names, location);
  return [...new Set(packs)];
}

function listingFindings(index: IndexDocument, { search, searchNames, sources }: SharedDocuments): VerifyFinding[] {
  const names = Object.keys(index.packs);
  const isInIndex = (name: string): boolean => index.packs[name] !== undefined;
  return [
    ...(search === undefined ? [] : membershipFindings(searchNames, isInIndex, names, index.search.path)),
    ...(sources === undefined ? [] : membershipFindings(Object.keys(sources), isInIndex, names, index.sources.path)),
  ];
}

/** Of what belongs to no pack. Which logos are linked is only known where every document was read. */
function sharedOrphans(base: string, index: IndexDocument, logos: Logos | undefined): VerifyFinding[] {
  const { search, packs } = index;
  const sources = index.sources as IndexDocument['search'] | undefined;
  const links = new Set([search.path, ...(sources === undefined ? [] : [sources.path])]);
  const isKnown = (path: string): boolean => packs[path.slice('packs/'.length)] !== undefined;
  return [
    ...orphansIn(base, 'packs', { isLinked: () => false, isKnown }),
    ...orphansIn(base, 'search', { isLinked: (path) => links.has(path) }),
    ...orphansIn(base, 'sources', { isLinked: (path) => links.has(path) }),
    ...orphansIn(base, 'schemas', { isLinked: isSchemaPath }),
    ...(logos === undefined ? [] : orphansIn(base, 'logos', { isLinked: (path) => logos.has(path) })),
  ];
}

/** Counts, and says how far it is: in releases, as far as the list that is searched says how many a pack has. */
class Outcomes {
  readonly totals: { packs: number; releases: number; resumed: number } = { packs: 0, releases: 0, resumed: 0 };
  allRead: boolean = true;
  readonly #weightOf: (name: string) => number;
  readonly #total: number;
  readonly #onProgress: ((progress: VerifyProgress) => void) | undefined;
  #done = 0;

  constructor(names: readonly string[], { search }: SharedDocuments, onProgress: VerifyRegistryOptions['onProgress']) {
    this.#weightOf = (name) => search?.get(name)?.versions.length ?? 1;
    this.#total = names.reduce((sum, name) => sum + this.#weightOf(name), 0);
    this.#onProgress = onProgress;
  }

  add(name: string, { releases, resumed }: PackOutcome, bytes: number): void {
    this.totals.packs += 1;
    this.totals.releases += releases ?? 0;
    this.totals.resumed += resumed ? 1 : 0;
    this.allRead &&= releases !== undefined;
    this.#done += this.#weightOf(name);
    this.#onProgress?.({ done: this.#done, total: this.#total, label: name, bytes });
  }
}
