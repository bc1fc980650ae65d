import { inParallel } from '../../model/in-parallel.ts';
import type { IndexDocument, IndexPack, PackDocument } from '../../model/documents.ts';
import { packDocument } from '../../remote/registry-documents.ts';
import { indexDisagreements, searchDisagreements, sourcesDisagreements, tagFindings } from './agreement.ts';
import { linkedDocument } from './linked-document.ts';
import { orphansIn } from './orphans.ts';
import { presenceFindings } from './presence-findings.ts';
import type { SharedDocuments } from './registry-documents-of.ts';
import type { Verification } from './verification.ts';
import { hasErrors, type VerifyFinding } from './verify-finding.ts';
import { logosOf, pathsOf, verifyRelease, type Logos } from './verify-release.ts';
import type { VerifyState } from './verify-state.ts';

export interface WantedPack {
  readonly name: string;
  readonly index: IndexDocument;
  readonly shared: SharedDocuments;
  readonly logos: Logos;
  readonly state: VerifyState;
  /** Of a registry in a directory. */
  readonly base: string | undefined;
  readonly shallow: boolean;
}

export interface PackOutcome {
  readonly findings: readonly VerifyFinding[];
  /** Undefined where the pack's document could not be read. */
  readonly releases: number | undefined;
  /** Whether its files were passed over. */
  readonly resumed: boolean;
}

/** One pack of a registry: its document, what others say of it, and the files of its releases. */
export async function verifyRegistryPack(verification: Verification, wanted: WantedPack): Promise<PackOutcome> {
  const { name, index, logos, state, base, shallow } = wanted;
  const findings: VerifyFinding[] = [];
  const { document: link } = index.packs[name] as IndexPack;
  const copy = `packs/${name}/index.json`;
  const document = await linkedDocument(verification, link, packDocument(name), findings, copy);
  if (document === undefined) return { findings, releases: undefined, resumed: false };
  findings.push(...agreementFindings(document, wanted));
  const resumed = state.has(link.sha256);
  if (shallow && base !== undefined) findings.push(...(await presenceFindings(verification, document, logos)));
  else if (shallow || resumed) nameLogos(document, logos);
  else {
    await inParallel(document.releases, verification.width, (release) =>
      verifyRelease(verification, name, release, logos, findings),
    );
  }
  if (!shallow && !hasErrors(findings)) state.add(link.sha256);
  if (base !== undefined) {
    const paths = new Set([link.path, copy, ...document.releases.flatMap(pathsOf)]);
    findings.push(...orphansIn(base, `packs/${name}`, { isLinked: (path) => paths.has(path) }));
  }
  return { findings, releases: document.releases.length, resumed };
}

/** They are linked, and may still have to be verified for another pack. */
function nameLogos({ releases }: PackDocument, logos: Logos): void {
  for (const logo of releases.flatMap(logosOf)) if (!logos.has(logo)) logos.set(logo, false);
}

function agreementFindings(document: PackDocument, { name, index, shared }: WantedPack): VerifyFinding[] {
  const { document: link } = index.packs[name] as IndexPack;
  const [searched, made] = [shared.search?.get(name), shared.sources?.[name]];
  return [
    ...tagFindings(document, link.path),
    ...indexDisagreements(document, index.packs[name] as IndexPack, link),
    ...(searched === undefined ? [] : searchDisagreements(document, searched, index.search.path)),
    ...(made === undefined ? [] : sourcesDisagreements(document, made, index.sources.path)),
  ];
}
