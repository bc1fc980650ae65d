import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { InitValues } from './init-values.ts';
import { scalar } from './texts/registry-yaml.ts';

/** The root of this package: `src` and `dist` lie equally deep. */
const PACKAGE = new URL('../../../', import.meta.url);

const WORKFLOWS: Readonly<Record<InitValues['host'], readonly string[]>> = {
  pages: ['publish-pages.yml', 'doctor.yml'],
  s3: ['publish-s3.yml', 'doctor.yml'],
  directory: ['publish-directory.yml'],
  none: [],
};

/** Actions by their folder in the package. */
const ACTIONS = {
  check: '.github/actions/check',
  publish: '.github/actions/publish',
  setup: '.github/templates/actions/setup',
} as const;

/** A file that the package brings, and where it goes. */
export interface PackageFile {
  readonly path: string;
  readonly text: string;
}

/** The version of this package. */
export function packageVersion(): string {
  return (JSON.parse(read('package.json')) as { readonly version: string }).version;
}

/** Workflows, the actions that they use, the template of pull requests and what zizmor is told of all of them, for the branch that is published. */
export function packageFiles({ host, branch }: Pick<InitValues, 'host' | 'branch'>): readonly PackageFile[] {
  const workflows = ['pull-request.yml', 'pull-request-comment.yml', ...WORKFLOWS[host]].map((name) => ({
    path: `.github/workflows/${name}`,
    text: forBranch(read(`.github/templates/workflows/${name}`), branch),
  }));
  const actions = Object.entries(ACTIONS).flatMap(([name, folder]) =>
    readdirSync(fileURLToPath(new URL(folder, PACKAGE)))
      .toSorted()
      .map((file) => ({ path: `.github/actions/${name}/${file}`, text: read(`${folder}/${file}`) })),
  );
  const others = ['pull_request_template.md', 'zizmor.yml'].map((name) => ({
    path: `.github/${name}`,
    text: read(`.github/templates/${name}`),
  }));
  return [...workflows, ...actions, ...others];
}

/** The templates are for `main`. What follows `branches` is a pattern, in which two characters of names mean something. */
function forBranch(workflow: string, branch: string): string {
  const pattern = branch.replaceAll(/[+!]/gu, String.raw`\$&`);
  return workflow.replace('branches: [main]', () => `branches: [${scalar(pattern)}]`);
}

function read(path: string): string {
  return readFileSync(new URL(path, PACKAGE), 'utf8');
}
