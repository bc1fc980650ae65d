import { basename, extname } from 'node:path';

import { PackyardError } from '../../errors.ts';
import type { FileChange } from '../../check/fix/file-changes.ts';
import { propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { foldedPath, notPortable } from '../../model/portable-path.ts';
import { parseImageReference } from '../../pack/image-reference.ts';
import { manifestDocuments } from '../../pack/manifest-documents.ts';
import type { Decision, DraftImage, DraftPart } from '../draft-part.ts';
import { newFile } from '../write-files.ts';
import { askedValues, type AskedValue } from './manifest-values.ts';
import { manifestFacts } from './manifest-facts.ts';
import { readNamedText } from './read-named-file.ts';
import { splitByKind } from './split-by-kind.ts';

/** What manifests put into a pack, with the values that their templates ask for. */
export interface ManifestPart extends DraftPart {
  /** What templates read from `.Values`, by the path of the manifest. */
  readonly asked: ReadonlyMap<string, readonly AskedValue[]>;
  /** Kinds of the objects, by path. */
  readonly kinds: ReadonlyMap<string, readonly string[]>;
}

export interface ReadManifestsOptions {
  /** One file for each kind of object, in place of those with several. */
  readonly splitByKind?: boolean;
}

/** What Kubernetes reads although it is not quite YAML. */
const TOLERATED = /^(?:duplicated mapping key|deficient indentation|it holds more than one document|unknown )/u;
/** Of longer documents only some are read. */
const LONGEST_READ = 65_536;
const EXTENSIONS = ['.yaml', '.yml', '.json'];

/**
 * Reads Kubernetes manifests, which keep their bytes unless they are split. Rejects with `usage` for what is none, and
 * with `file-too-large`.
 */
export async function readManifestPart(
  files: readonly string[],
  { splitByKind: split = false }: ReadManifestsOptions = {},
): Promise<ManifestPart> {
  const taken = new Set<string>();
  const decisions: Decision[] = [];
  const written: WrittenManifest[] = [];
  for (const file of files) {
    const { data, text } = await readNamedText(file, 'manifest', LIMITS.valuesBytes);
    requireManifest(file, text);
    const parts = split ? splitByKind(text) : { parts: [{ kind: '', text }] };
    if ('whole' in parts) {
      const path = pathFor(file, '', taken);
      decisions.push({ file: path, text: `It was not split by kind, since ${parts.whole}.` });
      written.push({ path, data, text });
    } else if (parts.parts.length < 2) {
      written.push({ path: pathFor(file, '', taken), data, text });
    } else {
      for (const part of parts.parts)
        written.push({ path: pathFor(file, part.kind, taken), data: Buffer.from(part.text), text: part.text });
    }
  }
  return partOf(written, decisions);
}

interface WrittenManifest {
  readonly path: string;
  readonly data: Buffer;
  readonly text: string;
}

function partOf(written: readonly WrittenManifest[], decisions: Decision[]): ManifestPart {
  const images = new Map<string, DraftImage>();
  const namespaces = new Map<string, number>();
  const values = new Map<string, readonly AskedValue[]>();
  const kinds = new Map<string, readonly string[]>();
  for (const { path, text } of written) {
    const facts = manifestFacts(text);
    kinds.set(path, facts.kinds);
    for (const { image, line } of facts.images)
      if (!images.has(image)) images.set(image, { image, from: `${path}: line ${line}` });
    for (const [index, namespace] of facts.namespaces.entries())
      namespaces.set(namespace, (namespaces.get(namespace) ?? 0) + 1 / (index + 1));
    const asked = askedValues(text);
    if (asked.length > 0) values.set(path, asked);
    for (const { fallback } of asked) {
      const image = (fallback ?? '').replaceAll('"', '');
      if (/[/:]/u.test(image) && image.includes('/') && 'reference' in parseImageReference(image) && !images.has(image))
        images.set(image, { image, from: `${path}: a default of its template` });
    }
    const [line] = facts.templatedImages;
    if (line !== undefined) decisions.push({ file: path, line, text: RENDERED });
  }
  return {
    facts: {},
    files: written.map(({ path, data }): FileChange => newFile(path, data)),
    charts: [],
    kubeManifests: written.map(({ path }) => path),
    ansibleRoles: [],
    chartValues: new Map(),
    asked: values,
    kinds,
    namespaces: [...namespaces].toSorted((a, b) => b[1] - a[1]).map(([namespace]) => namespace),
    images: [...images.values()],
    decisions,
  };
}

const RENDERED = 'Only rendering tells which image this is: list it in pack.content.images of values.yaml.';

/** Of one file name for all; the second of a name gets a number. */
function pathFor(file: string, kind: string, taken: Set<string>): string {
  const extension = extname(file);
  const own = basename(file, extension);
  const stem = kind === '' ? own : `${own}-${kind}`;
  for (let number = 1; ; number += 1) {
    const path = `manifests/${stem}${number === 1 ? '' : `-${number}`}${extension}`;
    const key = foldedPath(path.slice(0, -extension.length));
    if (taken.has(key)) continue;
    taken.add(key);
    return path;
  }
}

function requireManifest(file: string, text: string): void {
  const name = basename(file);
  if (!EXTENSIONS.includes(extname(file))) {
    throw refused(
      `The manifest ${file} ends in none of ${EXTENSIONS.join(', ')}.`,
      file.endsWith('.tgz') ? 'A packed Helm chart goes to --chart.' : 'Name it as Kubernetes tools expect it.',
    );
  }
  const reason = notPortable(`manifests/${name}`);
  if (reason !== undefined) throw refused(`The manifest ${file} cannot keep its name: ${reason}.`, 'Rename it.');
  let holdsObject = text.length > LONGEST_READ;
  for (const each of manifestDocuments(text)) {
    if (each.templated || ('document' in each && propertyOf(each.document.value, 'kind') !== undefined))
      holdsObject = true;
    if ('document' in each || each.templated) continue;
    const { problem } = each;
    if (problem.kind !== 'invalid') continue;
    if (TOLERATED.test(problem.reason)) holdsObject = true;
    else throw refused(`The manifest ${file} is not YAML: line ${problem.place.line}: ${problem.reason}.`, 'Mend it.');
  }
  if (!holdsObject) {
    throw refused(
      `The manifest ${file} holds no Kubernetes object: none of its documents has a kind.`,
      'Name a file as kubectl apply takes it.',
    );
  }
}

function refused(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
