import type { ReleaseDocument } from '../../model/documents.ts';
import { propertyOf } from '../../model/json-value.ts';
import { otherBytes } from '../../remote/file-failures.ts';
import { MANIFEST, type ArchiveContent, type RefusedArchive } from './archive-content.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

/** In which way what is in a release's archive is not what the pack's document says of it. */
export function archiveFindings(
  name: string,
  { version, artifact, files, charts, manifests }: ReleaseDocument,
  content: ArchiveContent | RefusedArchive,
): VerifyFinding[] {
  const { path, contentSha256: expected } = artifact;
  if ('refused' in content) {
    const { refused, contentSha256: found } = content;
    if (found === undefined) return [verifyFinding('archive', path, `cannot be unpacked: ${refused}`)];
    const message = `holds another tar than was published: its SHA-256 is ${found}, not ${expected}`;
    return [verifyFinding('content', path, message, { expected, found })];
  }
  const findings: VerifyFinding[] = [];
  if (content.manifest === undefined) findings.push(verifyFinding('identity', path, `holds no usable ${MANIFEST}`));
  else findings.push(...identityFindings(content.manifest, { name, version }, path, MANIFEST));
  for (const [file, { path: copy, sha256 }] of Object.entries(files)) {
    const there = content.files.get(file);
    if (there?.sha256 === sha256) continue;
    const message =
      there === undefined
        ? `is not in the archive, though ${copy} is a copy of it`
        : `is not the same as its copy ${copy}: it ${otherBytes(sha256, there.sha256)}`;
    const found = there === undefined ? {} : { found: there.sha256 };
    findings.push(verifyFinding('archive-file', path, message, { place: file, expected: sha256, ...found }));
  }
  for (const [key, paths] of Object.entries({ charts: charts.map((chart) => chart.path), manifests })) {
    for (const file of paths) {
      if (content.files.has(file)) continue;
      const message = `is not in the archive, though the pack's document lists it among its ${key}`;
      findings.push(verifyFinding('archive-file', path, message, { place: file }));
    }
  }
  return findings;
}

/**
 * In which way a `pack.json` is not that of the release, in bytes that anybody may have made. `inside` is its path where
 * it is in an archive.
 */
export function identityFindings(
  manifest: Uint8Array,
  wanted: Identity,
  path: string,
  inside?: string,
): VerifyFinding[] {
  const found = identityOf(manifest);
  const place = (key?: string): string[] => [inside, key].flatMap((part) => part ?? []);
  const at = (key?: string): { place?: string } => (place(key).length === 0 ? {} : { place: place(key).join(': ') });
  if (typeof found === 'string') return [verifyFinding('identity', path, found, at())];
  return (['name', 'version'] as const).flatMap((key) => {
    if (found[key] === wanted[key]) return [];
    const message = `is ${shown(found[key])}, not ${shown(wanted[key])}`;
    return [verifyFinding('identity', path, message, { ...at(key), expected: wanted[key], found: found[key] })];
  });
}

function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 99)}…` : text);
}

export interface Identity {
  readonly name: string;
  readonly version: string;
}

/** Name and version in a `pack.json`; where it has none, why, as what follows its path in a sentence. */
export function identityOf(manifest: Uint8Array): Identity | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(manifest));
  } catch {
    return 'is not JSON';
  }
  const [name, version] = [propertyOf(value, 'name'), propertyOf(value, 'version')];
  if (typeof name === 'string' && typeof version === 'string') return { name, version };
  return 'does not say the name and the version of a pack';
}
