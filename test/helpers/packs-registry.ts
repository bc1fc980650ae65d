import { gzipSync } from 'node:zlib';

import type { PackDocument, ReleaseDocument } from '../../src/model/documents.ts';
import { tagsOf } from '../../src/model/tags.ts';
import { compareVersions } from '../../src/model/version.ts';
import { canonicalTar } from './canonical-tar.ts';
import { publishedRegistry, type PublishedFiles } from './published-registry.ts';
import { sha256Of } from './registry-tree.ts';

/** What a release is to be; without files it has a small `values.yaml`. */
export interface ReleaseFacts extends Partial<
  Pick<ReleaseDocument, 'publishedAt' | 'status' | 'group' | 'supersedes'>
> {
  readonly version: string;
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

/** A release as a pack's document has it; the hashes are those of its archive. */
export function releaseDocument(name: string, facts: ReleaseFacts, archive?: Archive): ReleaseDocument {
  const { files: _, ...said } = facts;
  const { version } = facts;
  return {
    layer: 'addon',
    displayName: name,
    cloudTypes: ['all'],
    publishedAt: '2026-01-01T00:00:00Z',
    artifact: {
      path: `packs/${name}/${version}/${name}-${version}.tar.gz`,
      size: archive?.bytes.length ?? 1,
      sha256: archive === undefined ? sha256Of(Buffer.from(`archive ${name} ${version}`)) : sha256Of(archive.bytes),
      contentSha256: archive?.contentSha256 ?? sha256Of(Buffer.from(`content ${name} ${version}`)),
    },
    source: { directory: `packs/${name}`, tree: 'a'.repeat(40) },
    recipe: 1,
    logo: {},
    logoWebp: {},
    files: {},
    annotations: {},
    images: [],
    charts: [],
    manifests: [],
    ansibleRoles: [],
    dependencies: [],
    resources: [],
    ...said,
  };
}

/** A pack's document with tags as a build gives them, highest release first. */
export function packDocument(name: string, releases: readonly (string | ReleaseFacts)[]): PackDocument {
  const documents = releases
    .map((each) => releaseDocument(name, typeof each === 'string' ? { version: each } : each))
    .toSorted((a, b) => compareVersions(b.version, a.version));
  return { format: 'packyard-pack/1', name, tags: tagsFor(documents), releases: documents };
}

function tagsFor(releases: readonly ReleaseDocument[]): Record<string, string> {
  return tagsOf(releases.map((each) => ({ ...each, active: each.status === undefined })));
}

interface Archive {
  readonly bytes: Buffer;
  readonly contentSha256: string;
}

function archiveOf(
  name: string,
  { version, files = { 'values.yaml': `pack: ${name} ${version}\n` } }: ReleaseFacts,
): Archive {
  const packFiles = Object.entries(files)
    .map(([path, data]) => ({ path, executable: false, data: Buffer.from(data) }))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const chunks = Array.from(canonicalTar(`${name}-${version}`, packFiles), (chunk) => Buffer.from(chunk));
  const tar = Buffer.concat(chunks);
  return { bytes: gzipSync(tar), contentSha256: sha256Of(tar) };
}

/** A whole registry of packs with real archives, as its files by path. */
export function packsRegistry(packs: Readonly<Record<string, readonly (string | ReleaseFacts)[]>>): PublishedFiles {
  const added: PublishedFiles = new Map();
  const links: Record<string, object> = {};
  for (const [name, releases] of Object.entries(packs)) {
    const documents = releases
      .map((each) => (typeof each === 'string' ? { version: each } : each))
      .map((facts) => {
        const archive = archiveOf(name, facts);
        const document = releaseDocument(name, facts, archive);
        added.set(document.artifact.path, archive.bytes);
        return document;
      })
      .toSorted((a, b) => compareVersions(b.version, a.version));
    const tags = tagsFor(documents);
    const bytes = Buffer.from(JSON.stringify({ format: 'packyard-pack/1', name, tags, releases: documents }));
    const path = `packs/${name}/${sha256Of(bytes)}.json`;
    added.set(path, bytes);
    added.set(`packs/${name}/index.json`, bytes);
    const latest = tags['latest'] ?? documents[0]?.version ?? '';
    links[name] = { layer: 'addon', displayName: name, latest, document: { path, sha256: sha256Of(bytes) } };
  }
  return new Map([...publishedRegistry({ index: (index) => Object.assign(index, { packs: links }) }), ...added]);
}
