import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedManifests } from './listed-manifests.ts';

const MANIFEST = /^manifests\/(?:.*\/)?(?!kustomization\.)[^/]+\.ya?ml$/u;

/** What lies below `manifests` and is not listed is not applied. */
export function* unlisted(pack: LintPack): Generator<Finding> {
  const list = propertyOf(pack.manifest?.value, 'kubeManifests');
  if (pack.manifest === undefined || (list !== undefined && !Array.isArray(list))) return;
  const listed = listedManifests(pack);
  for (const path of pack.files.keys()) {
    if (MANIFEST.test(path) && !listed.has(path)) yield findingOf('manifest/unlisted', path, { path });
  }
}
