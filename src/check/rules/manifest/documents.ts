import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { manifestDocuments, type ManifestDocument } from '../../../pack/manifest-documents.ts';
import type { YamlProblem } from '../../../pack/yaml-document.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedManifests } from './listed-manifests.ts';

/**
 * What Kubernetes reads although it is not quite YAML (keys that stand twice, quoted text whose further lines are not
 * indented), or what is too unusual to judge.
 */
const TOLERATED = /^(?:duplicated mapping key|deficient indentation|it holds more than one document|unknown )/u;

/** A manifest is YAML, and each of its documents says what it is. */
export function* documents(pack: LintPack): Generator<Finding> {
  for (const path of listedManifests(pack)) {
    if (!/\.ya?ml$/u.test(path)) continue;
    for (const document of manifestDocuments(pack.text(path) ?? '')) {
      if ('document' in document) yield* withoutKind(path, document);
      else if (!document.templated) yield* invalid(path, document.problem);
    }
  }
}

function* invalid(path: string, problem: YamlProblem): Generator<Finding> {
  if (problem.kind !== 'invalid' || TOLERATED.test(problem.reason)) return;
  const { reason, place } = problem;
  yield findingOf('manifest/invalid-yaml', path, { path, reason }, { place });
}

function* withoutKind(
  path: string,
  { document, open }: Extract<ManifestDocument, { document: unknown }>,
): Generator<Finding> {
  const { value } = document;
  if (open || value === null || Array.isArray(value)) return;
  const missing = (['apiVersion', 'kind'] as const).filter((key) => propertyOf(value, key) === undefined);
  if (missing.length === 0) return;
  yield findingOf('manifest/no-kind', path, { path, missing }, { place: document.place([]) });
}
