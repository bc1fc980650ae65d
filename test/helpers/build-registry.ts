import { join } from 'node:path';

import type { BuildOptions } from '../../src/build/build-options.ts';
import { build, type BuildResult } from '../../src/build/build.ts';
import type { TestRepository } from './git-repository.ts';
import { scratch } from './scratch.ts';

/** Builds a repository again and again, into one output and with one cache, both its own. */
export interface Builder {
  readonly out: string;
  readonly cache: string;
  build(options?: BuildOptions): Promise<BuildResult>;
}

export async function builderOf({ path }: TestRepository): Promise<Builder> {
  const [out, cache] = [join(await scratch(), 'public'), await scratch()];
  return { out, cache, build: (options = {}) => build({ repository: path, out, cache, ...options }) };
}

/** The rules of a build's findings, with the files that they are about. */
export function rulesOf({ findings }: BuildResult): string[] {
  return findings.map(({ rule, severity, file }) => `${file} ${severity} ${rule}`);
}
