import type { FileChange } from '../../check/fix/file-changes.ts';
import { PackyardError } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import { foldedPath } from '../../model/portable-path.ts';
import type { Decision, DraftPart } from '../draft-part.ts';
import { newFile } from '../write-files.ts';
import { decisionsOnFacts } from './decisions-on-facts.ts';
import { layerSkeleton, type LayerSkeleton } from './layer-skeleton.ts';
import { blockOf, emptyValues } from './empty-values.ts';
import { lineWith } from './line-with.ts';
import type { ManifestPart } from './manifest-part.ts';
import type { PackFacts } from './pack-facts.ts';
import { askedValuesText, withNamespace } from './manifest-values.ts';
import { packJsonText } from './pack-json-text.ts';
import { readmeText } from './readme-text.ts';
import { listedImages, valuesText } from './values-text.ts';

/** The files of a new pack, by path, and what is left to decide. */
export interface ComposedPack {
  readonly files: readonly FileChange[];
  readonly decisions: readonly Decision[];
}

/** Puts a pack together. Throws `usage` where two sources bring the same file. */
export function composePack(
  facts: PackFacts,
  given: readonly (DraftPart | ManifestPart)[],
  logo?: Buffer,
): ComposedPack {
  const isBare = given.length === 0;
  const skeleton = isBare ? layerSkeleton(facts.layer, facts.displayName) : undefined;
  const parts = skeleton?.manifest === undefined ? given : [exampleManifest(facts.name, skeleton)];
  const lists = listsOf(parts);
  const asked = new Map(
    parts
      .flatMap((part) => ('asked' in part ? [...part.asked] : []))
      .map(([path, each]) => [path, withNamespace(each, facts.namespace)]),
  );
  const images = parts.flatMap((part) => part.images);
  const optionalImages = parts.flatMap((part) => part.optionalImages ?? []);
  const values = valuesText({
    ...(facts.namespace !== undefined && { namespace: facts.namespace }),
    packLines: [...(skeleton?.packLines ?? []), ...priorityLines(facts)],
    images,
    optionalImages,
    charts: new Map(parts.flatMap((part) => [...part.chartValues])),
    manifests: new Map([...asked].map(([path, each]) => [blockOf(path), askedValuesText(each)])),
    sections: skeleton?.sections ?? '',
    listsImages: lists.charts.length + lists.kubeManifests.length > 0 || facts.layer === 'k8s',
  });
  const manifest = packJsonText({
    ...facts,
    ...lists,
    annotations: annotationsOf(facts, skeleton),
  });
  const readme = readmeText({
    ...facts,
    ...lists,
    kinds: new Map(parts.flatMap((part) => ('kinds' in part ? [...part.kinds] : []))),
    images: listedImages(images).map(({ image }) => image),
    values,
  });
  const picture = logo ?? parts.find((part) => part.logo !== undefined)?.logo;
  const files = [
    newFile('pack.json', manifest),
    newFile('values.yaml', values),
    newFile('README.md', readme),
    ...(picture === undefined ? [] : [newFile('logo.png', picture)]),
    ...parts.flatMap((part) => part.files),
  ].toSorted((a, b) => compareUtf8(a.path, b.path));
  requireDistinct(files);
  return {
    files,
    decisions: [
      ...decisionsOnFacts(facts, { parts, manifest, values }),
      ...emptyValues(asked, values),
      ...(skeleton === undefined ? [] : tasksOf(skeleton, files)),
      ...parts.flatMap((part) => part.decisions).filter(({ file }) => file !== 'logo.png' || picture === undefined),
    ],
  };
}

function listsOf(parts: readonly DraftPart[]): Pick<DraftPart, 'charts' | 'kubeManifests' | 'ansibleRoles'> {
  return {
    charts: parts.flatMap(({ charts }) => charts),
    kubeManifests: parts.flatMap(({ kubeManifests }) => kubeManifests),
    ansibleRoles: parts.flatMap(({ ansibleRoles }) => ansibleRoles),
  };
}

/** Networks and storage are there before what needs them. */
function priorityLines({ layer }: PackFacts): string[] {
  return layer === 'cni' || layer === 'csi' ? ['spectrocloud.com/install-priority: "0"'] : [];
}

function annotationsOf(facts: PackFacts, skeleton: LayerSkeleton | undefined): Record<string, string> {
  const { source, contributor, description, home, upstreamVersion } = facts;
  return {
    source,
    ...(contributor !== undefined && { contributor }),
    ...(description !== undefined && { description }),
    ...(home !== undefined && { docsURL: home }),
    ...(upstreamVersion !== undefined && { upstreamVersion }),
    ...skeleton?.annotations,
  };
}

function exampleManifest(name: string, { manifest = '' }: LayerSkeleton): ManifestPart {
  const path = `manifests/${name}.yaml`;
  return {
    facts: {},
    files: [newFile(path, manifest)],
    charts: [],
    kubeManifests: [path],
    ansibleRoles: [],
    chartValues: new Map(),
    asked: new Map([
      [
        path,
        [
          { path: ['name'], line: 5, fallback: JSON.stringify(name) },
          { path: ['message'], line: 7, fallback: '"Hello"' },
        ],
      ],
    ]),
    kinds: new Map([[path, ['ConfigMap']]]),
    namespaces: [],
    images: [],
    decisions: [],
  };
}

function tasksOf({ tasks }: LayerSkeleton, files: readonly FileChange[]): Decision[] {
  return tasks.map(({ file, at, text }) => {
    const found = files.find(({ path }) => (file === 'manifest' ? path.startsWith('manifests/') : path === file));
    const line = lineWith(found?.data?.toString('utf8') ?? '', at);
    return { ...(found !== undefined && { file: found.path }), ...(line !== undefined && { line }), text };
  });
}

function requireDistinct(files: readonly FileChange[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    const folded = foldedPath(path);
    if (seen.has(folded)) {
      throw new PackyardError({
        code: 'usage',
        message: `Two sources bring the file ${path}.`,
        hint: 'Name each chart and role once, and give files names of their own.',
      });
    }
    seen.add(folded);
  }
}
