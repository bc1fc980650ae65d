import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { MANIFEST_FILE } from '../../pack/pack.ts';
import { readFolderFile } from './folder-file.ts';
import type { InitFacts } from './init-facts.ts';
import type { InitAnswers } from './init-options.ts';
import type { InitValues } from './init-values.ts';
import type { PlannedFile } from './plan-init.ts';

/** Bytes of a workflow or of CODEOWNERS that is looked into. */
const LIMIT = 1_048_576;

/** Actions without which a workflow does not do what it is there for. */
const USES = [
  ['pull-request', 'check', 'packs are checked in pull requests'],
  ['publish', 'publish', 'the registry is published'],
] as const;

/** What files that stay as they are do not do though it was asked for, in sentences. */
export async function keptByHand(
  facts: InitFacts,
  values: InitValues,
  answers: InitAnswers,
  files: readonly PlannedFile[],
): Promise<readonly string[]> {
  const kept = files.filter(({ action }) => action === 'keep').map(({ path }) => path);
  const about = await Promise.all(
    kept.map((path) => Promise.all([withoutAction(facts, path), otherOwners(facts, values, path)])),
  );
  return [
    ...rootPack(facts),
    ...ownConfig(facts, answers),
    ...(typeof answers.pack === 'string' && !files.some(({ path }) => path.endsWith(`/${MANIFEST_FILE}`))
      ? [`The pack ${answers.pack} is there already, and stays as it is.`]
      : []),
    ...about.flat(2),
  ];
}

function rootPack({ root }: InitFacts): readonly string[] {
  if (!existsSync(join(root, MANIFEST_FILE))) return [];
  return [
    `${MANIFEST_FILE} lies in the root, where no pack can be: move it with its files into a folder such as packs/NAME-VERSION.`,
  ];
}

function ownConfig(
  { config }: InitFacts,
  { name, title, description, repository, url }: InitAnswers,
): readonly string[] {
  if (config === undefined) return [];
  const asked = { name, title, description, repository, homepage: url };
  return Object.entries(asked).flatMap(([key, wanted]) =>
    wanted === undefined || config[key as keyof typeof asked] === wanted
      ? []
      : [`registry.yaml keeps its own ${key}; a new one has ${JSON.stringify(wanted)}.`],
  );
}

async function withoutAction({ root }: InitFacts, path: string): Promise<readonly string[]> {
  const use = USES.find(([name]) =>
    new RegExp(String.raw`^\.github/workflows/${name}(?:-(?:pages|s3|directory))?\.ya?ml$`, 'u').test(path),
  );
  if (use === undefined) return [];
  const [, action, what] = use;
  const text = (await readFolderFile(root, path, LIMIT))?.toString('utf8') ?? '';
  if (text.includes(`actions/${action}`) || text.includes(`packyard ${action}`)) return [];
  return [
    `${path} is a workflow of your own: ${what} as soon as it uses ./.github/actions/setup and ./.github/actions/${action}.`,
  ];
}

async function otherOwners({ root }: InitFacts, { owners }: InitValues, path: string): Promise<readonly string[]> {
  if (owners.length === 0 || !/(?:^|\/)codeowners$/iu.test(path)) return [];
  const words = new Set(((await readFolderFile(root, path, LIMIT))?.toString('utf8') ?? '').split(/\s+/u));
  const missing = owners.filter((owner) => !words.has(owner));
  return missing.length === 0 ? [] : [`${path} stays as it is, and does not name ${missing.join(', ')}.`];
}
