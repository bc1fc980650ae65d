import { isAbsolute } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { LAYERS } from '../../model/layer.ts';
import { propertyOf } from '../../model/json-value.ts';
import { planBump } from '../bump/plan-bump.ts';
import type { NewPackOptions, NewPackPlan } from './new-pack-options.ts';

/** Flags of a new pack that the next version of an old one has no use for: what it says of itself stays. */
const NOT_TAKEN = {
  layer: '--layer',
  displayName: '--display-name',
  addonType: '--addon-type',
  cloudTypes: '--cloud-types',
  namespace: '--namespace',
  description: '--description',
  source: '--source',
  contributor: '--contributor',
  logo: '--logo',
  icon: '--icon',
  chartSha256: '--chart-sha256',
  splitByKind: '--split-by-kind',
  roles: '--role',
} as const;

/** The next version of an existing pack as a new one. Rejects as `planBump` does, and with `usage`. */
export async function planNextVersion(options: NewPackOptions, from: string): Promise<NewPackPlan> {
  refuse(options, from);
  const { repository, version, charts, manifests, out, cache, signal } = options;
  const bump = await planBump({
    pack: from,
    ...(repository !== undefined && { repository }),
    ...(version !== undefined && { version }),
    ...(charts !== undefined && { charts }),
    ...(manifests !== undefined && { manifests }),
    ...(out !== undefined && { out }),
    ...(cache !== undefined && { cache }),
    ...(signal !== undefined && { signal }),
  });
  if (options.name !== undefined && options.name !== bump.name) {
    throw new PackyardError({
      code: 'usage',
      message: `The next version of ${bump.name} is called ${bump.name} too, not ${options.name}.`,
      hint: 'Leave the name out.',
    });
  }
  const manifest: unknown = JSON.parse(
    bump.changes.find(({ path }) => path === 'pack.json')?.data?.toString('utf8') ?? '{}',
  );
  const displayName = propertyOf(manifest, 'displayName');
  return {
    name: bump.name,
    version: bump.version,
    layer: LAYERS.find((each) => each === propertyOf(manifest, 'layer')) ?? 'addon',
    displayName: typeof displayName === 'string' ? displayName : bump.name,
    root: isAbsolute(bump.directory) ? bump.directory : bump.root,
    directory: isAbsolute(bump.directory) ? '' : bump.directory,
    inRepository: !isAbsolute(bump.directory),
    files: bump.changes,
    findings: bump.findings,
    decisions: bump.decisions,
    bump,
  };
}

function refuse(options: NewPackOptions, from: string): void {
  const wrong = Object.entries(NOT_TAKEN).find(([key]) => {
    const value = options[key as keyof typeof NOT_TAKEN];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  if (wrong !== undefined) {
    throw new PackyardError({
      code: 'usage',
      message: `${wrong[1]} and --from do not go together.`,
      hint: `What ${from} says of itself stays: change it afterwards.`,
    });
  }
}
