import type { FileChange } from '../../check/fix/file-changes.ts';
import { withDefaults } from '../../model/registry-config.ts';
import { layoutFor } from '../pack-layout.ts';
import { newFile } from '../write-files.ts';
import { existingFile } from './existing-files.ts';
import { firstPack } from './first-pack.ts';
import { readFolderFile } from './folder-file.ts';
import type { InitFacts } from './init-facts.ts';
import type { InitAnswers } from './init-options.ts';
import type { InitValues } from './init-values.ts';
import { keptByHand } from './kept-by-hand.ts';
import { mergeJson, type MergedJson, type MergeJsonOptions } from './merge-json.ts';
import { packageFiles, packageVersion } from './package-files.ts';
import { codeOwners } from './texts/code-owners.ts';
import { contributing } from './texts/contributing.ts';
import { EDITOR_EXTENSIONS, editorSettings } from './texts/editor-settings.ts';
import { withIgnored } from './texts/git-ignore.ts';
import { newPackageJson, packageJson } from './texts/package-json.ts';
import { readme } from './texts/readme.ts';
import { registryYaml } from './texts/registry-yaml.ts';

/** One file of the plan: made, given what it lacks, or left as it is. */
export interface PlannedFile {
  readonly path: string;
  readonly action: 'create' | 'extend' | 'keep';
}

export interface InitPlan {
  /** Ordered as they are to be read. */
  readonly files: readonly PlannedFile[];
  readonly changes: readonly FileChange[];
  /** What the command leaves to people, in sentences. */
  readonly byHand: readonly string[];
}

/** A file with what is to be done about it. */
interface Step {
  readonly file: PlannedFile;
  readonly change?: FileChange;
  readonly byHand?: readonly string[];
}

/** Bytes of a file that is read to be extended. */
const LIMIT = 1_048_576;

/** What a folder needs to be a registry, as far as it lacks it. Reads, and changes nothing. */
export async function planInit(facts: InitFacts, values: InitValues, answers: InitAnswers = {}): Promise<InitPlan> {
  const { root, remote } = facts;
  const version = packageVersion();
  const layout = layoutFor('', { packs: [], config: withDefaults({ packs: values.globs }) });
  const contributor = values.owners[0]?.replace(/^@/u, '') ?? remote?.path.split('/')[0] ?? values.name;
  const pack = values.pack === undefined ? [] : await firstPack(values.pack, layout, contributor);
  const made = (path: string, text: string): Step => created(root, newFile(path, text));
  const editor = editorSettings(values.globs);
  const steps = await Promise.all([
    made('registry.yaml', registryYaml(values)),
    ...packSteps(root, pack),
    extended(root, '.gitignore', (text) => ({ text: withIgnored(text), different: [] }), withIgnored('')),
    json(root, 'package.json', packageJson(version), {}, newPackageJson(values.name, version)),
    json(root, '.vscode/settings.json', editor, { identity: 'url' }),
    json(root, '.vscode/extensions.json', EDITOR_EXTENSIONS),
    made('README.md', readme(values)),
    made('CONTRIBUTING.md', contributing(values, layout)),
    made('.github/CODEOWNERS', codeOwners(values.owners)),
    ...packageFiles(values).map(({ path, text }) => made(path, text)),
  ]);
  const files = steps.map(({ file }) => file);
  return {
    files,
    changes: steps.flatMap(({ change }) => change ?? []),
    byHand: [...steps.flatMap(({ byHand }) => byHand ?? []), ...(await keptByHand(facts, values, answers, files))],
  };
}

function created(root: string, change: FileChange): Step {
  const there = existingFile(root, change.path);
  if (there !== undefined) return { file: { path: there, action: 'keep' } };
  return { file: { path: change.path, action: 'create' }, change };
}

/** All of a pack or, where something is in its place, nothing. */
function packSteps(root: string, files: readonly FileChange[]): readonly Step[] {
  const isFree = files.every(({ path }) => existingFile(root, path) === undefined);
  return isFree ? files.map((change) => created(root, change)) : [];
}

/** A new file in one line. */
function inLine(fresh: string): string {
  return fresh.startsWith('{') ? JSON.stringify(JSON.parse(fresh)) : fresh.trim().replaceAll('\n', ' ');
}

async function json(
  root: string,
  path: string,
  wanted: Readonly<Record<string, unknown>>,
  options: MergeJsonOptions = {},
  fresh: Readonly<Record<string, unknown>> = wanted,
): Promise<Step> {
  return extended(root, path, (text) => mergeJson(text, wanted, options), `${JSON.stringify(fresh, undefined, 2)}\n`);
}

async function extended(
  root: string,
  path: string,
  merge: (text: string) => MergedJson | undefined,
  fresh: string,
): Promise<Step> {
  const there = existingFile(root, path);
  const before = there === undefined ? undefined : await readFolderFile(root, there, LIMIT);
  if (there === undefined || before === undefined) return created(root, newFile(path, fresh));
  const isEmpty = before.toString('utf8').trim() === '';
  const merged = isEmpty ? { text: fresh, different: [] } : merge(before.toString('utf8'));
  const keep = { file: { path: there, action: 'keep' } } as const;
  if (merged === undefined || !Buffer.from(before.toString('utf8')).equals(before)) {
    const what = path.endsWith('.json') ? 'JSON' : 'UTF-8';
    return {
      ...keep,
      byHand: [`${there} cannot be read as ${what}, and stays as it is. A new one is: ${inLine(fresh)}`],
    };
  }
  const { text, different } = merged;
  const byHand = different.map(
    ({ path: keys, wanted }) => `${there} keeps its own ${keys.join(' > ')}; a new one has ${JSON.stringify(wanted)}.`,
  );
  if (text === before.toString('utf8')) return { ...keep, byHand };
  const change = { path: there, kind: 'write', executable: false, data: Buffer.from(text), before } as const;
  return { file: { path: there, action: 'extend' }, change, byHand };
}
