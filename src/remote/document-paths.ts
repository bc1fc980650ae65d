import type { DocumentLink, IndexDocument, PackDocument, SearchDocument, SourcesDocument } from '../model/documents.ts';
import { notPortable } from '../model/portable-path.ts';
import { isOwnPath } from '../model/own-path.ts';
import { artifactPath, releaseFolder } from '../model/release-path.ts';

/** What `schemas/pack.schema.json` allows. */
const NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:[.]|$))[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/u;
const VERSION = /^[vV]?[0-9](?:[0-9A-Za-z.+_-]{0,97}[0-9A-Za-z])?$/u;
const LOGO = /^logos\/[0-9a-f]{64}-[1-9]\d{0,4}\.(?:png|webp)$/u;
const COPY = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/u;

/** Whether a path is one that a registry can have, on every host, file system and terminal. */
export function isRegistryPath(path: string): boolean {
  return isOwnPath(path) && notPortable(path) === undefined;
}

/** The first thing in an index that leads out of the layout, in a clause; undefined when nothing does. */
export function strayInIndex({ search, sources, packs }: IndexDocument): string | undefined {
  for (const [key, link] of Object.entries({ search, sources: sources as DocumentLink | undefined })) {
    if (link === undefined || isNamedByHash(link, key) || link.path === `${key}.json`) continue;
    return `${key}.path must be ${key}/<sha256>.json`;
  }
  for (const name in packs) {
    if (!NAME.test(name)) return `${quoted(name)} cannot be the name of a pack`;
    const { document, latest } = packs[name] as IndexDocument['packs'][string];
    if (!isNamedByHash(document, `packs/${name}`)) return `the document of ${name} must be packs/${name}/<sha256>.json`;
    if (!VERSION.test(latest)) return `${quoted(latest)}, the latest of ${name}, cannot be a version`;
  }
  return undefined;
}

function isNamedByHash({ path, sha256 }: DocumentLink, folder: string): boolean {
  return path === `${folder}/${sha256}.json`;
}

/** As `strayInIndex`, of the document of one pack. */
export function strayInPack({ name, tags, releases }: PackDocument, expected: string): string | undefined {
  if (name !== expected) return `it is about ${quoted(name)}, not ${expected}`;
  const versions = new Set<string>();
  for (const { version, artifact, files, logo, logoWebp } of releases) {
    if (!VERSION.test(version)) return `${quoted(version)} cannot be a version`;
    if (versions.has(version)) return `it holds the version ${version} twice`;
    versions.add(version);
    const release = { name, version };
    if (artifact.path !== artifactPath(release)) return `the artifact of ${version} must be ${artifactPath(release)}`;
    for (const [file, { path }] of Object.entries(files)) {
      if (COPY.test(file) && path === `${releaseFolder(release)}/${file}`) continue;
      return `${quoted(file)} of ${version} must lie in ${releaseFolder(release)}`;
    }
    for (const path of [...Object.values(logo), ...Object.values(logoWebp)]) {
      if (!LOGO.test(path)) return `a logo of ${version} must be logos/<sha256>-<size>.png or .webp`;
    }
  }
  const tag = Object.keys(tags).find((key) => !versions.has(tags[key] ?? ''));
  return tag === undefined ? undefined : `the tag ${quoted(tag)} stands for a version that it does not hold`;
}

/** As `strayInIndex`, of what a catalogue searches. */
export function strayInSearch({ packs }: SearchDocument): string | undefined {
  for (const { name, versions, logo } of packs) {
    if (!NAME.test(name)) return `${quoted(name)} cannot be the name of a pack`;
    const version = versions.find((candidate) => !VERSION.test(candidate));
    if (version !== undefined) return `${quoted(version)} of ${name} cannot be a version`;
    if (!Object.values(logo).every((path) => LOGO.test(path))) {
      return `a logo of ${name} must be logos/<sha256>-<size>.png`;
    }
  }
  return undefined;
}

/** As `strayInIndex`, of what releases were made from. */
export function strayInSources({ packs }: SourcesDocument): string | undefined {
  for (const name in packs) {
    if (!NAME.test(name)) return `${quoted(name)} cannot be the name of a pack`;
    const versions = new Set<string>();
    for (const { version } of (packs[name] as SourcesDocument['packs'][string]).releases) {
      if (!VERSION.test(version)) return `${quoted(version)} of ${name} cannot be a version`;
      if (versions.has(version)) return `it holds ${name} ${version} twice`;
      versions.add(version);
    }
  }
  return undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 99)}…` : text);
}
