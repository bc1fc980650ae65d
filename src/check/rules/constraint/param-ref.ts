import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { isMapping, propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import { missingPart } from '../../dotted-path.ts';
import type { LintPack } from '../../lint-pack.ts';

const KEYS = ['resourceRequestParamRef', 'replicaCountParamRef'] as const;
const SECTIONS = ['charts', 'manifests'] as const;

/** Longer paths do not fit the schema. */
const LONGEST = 500;
const MOST_BLOCKS = 100;

/** Paths into `values.yaml` that lead nowhere, so that the request or the replicas there are not counted. */
export function* paramRef({ manifest, values }: LintPack): Generator<Finding> {
  if (manifest === undefined || values === undefined) return;
  for (const [index, resource] of listAt(propertyOf(manifest.value, 'constraints'), 'resources').entries()) {
    for (const [part, component] of listAt(resource, 'components').entries()) {
      for (const key of KEYS) {
        const path = propertyOf(component, key);
        if (typeof path !== 'string' || path.trim() === '' || path.length > LONGEST) continue;
        const missing = missingPart(values.value, path);
        if (missing === undefined) continue;
        const suggestion = belowBlock(values.value, path);
        const args = { key, path, missing, ...(suggestion !== undefined && { suggestion }) };
        const place = manifest.place(['constraints', 'resources', index, 'components', part, key]);
        yield findingOf('constraint/param-ref', MANIFEST_FILE, args, { place });
      }
    }
  }
}

/** The path below the block of a chart or a manifest, where it was written as the chart has it. */
function belowBlock(values: unknown, path: string): string | undefined {
  for (const section of SECTIONS) {
    const blocks = propertyOf(values, section);
    if (typeof blocks !== 'object' || blocks === null || Array.isArray(blocks)) continue;
    for (const [name, block] of Object.entries(blocks).slice(0, MOST_BLOCKS)) {
      if (isMapping(block) && missingPart(block, path) === undefined) return `${section}.${name}.${path}`;
    }
  }
  return undefined;
}

function listAt(value: unknown, key: string): unknown[] {
  const list = propertyOf(value, key);
  return Array.isArray(list) ? list : [];
}
