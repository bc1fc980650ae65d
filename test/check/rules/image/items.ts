import type { LintRule } from '../../../../src/check/rule.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

/** What a rule says of some listed images; the first stands in line 4. */
export async function findingsOfList(
  rule: LintRule,
  images: readonly unknown[],
  files: FileMap = {},
): Promise<Finding[]> {
  const items = images.map((image) => `      - image: ${JSON.stringify(image)}\n`).join('');
  const values = `pack:\n  content:\n    images:\n${items}`;
  const manifest = { kubeManifests: ['manifests/m.yaml'] };
  return [...(await rule(await lintPackOf({ manifest, files: { 'values.yaml': values, ...files } })))];
}

/** What is no list of texts: every rule about items leaves it to the schema. */
export const ODD_LISTS: readonly (readonly unknown[])[] = [[1, null, true], [[]], [{ toString: 1 }], []];
