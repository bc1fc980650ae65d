import { lstat, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { isMapping, kindOf, type Mapping } from '../../model/json-value.ts';
import { isPackName } from '../../model/pack-name.ts';
import { isNetworkPath, registryAddress } from './registry-address.ts';
import { isRegistryName } from './registry-name.ts';
import { readRegistries, type RegistrySettings } from './registry-settings.ts';
import { readSettingsDocument, shown, type DocumentKind, type SettingsDocument } from './settings-document.ts';
import type { SettingsWarning } from './settings-warning.ts';

export const PROJECT_FILE = 'packyard.json';

export const PROJECT_KIND: DocumentKind = {
  code: 'project-invalid',
  hint: 'Mend the file, and run the command again.',
};

/** What a project wants of a pack. */
export interface PackWish {
  /** A selector; the latest unless told. */
  readonly version?: string;
  /** Name of a registry; the project's default unless told. */
  readonly registry?: string;
  readonly minAge?: string;
}

/** `packyard.json`: which packs a project wants, and from where. Whoever sent the project wrote it. */
export interface ProjectFile {
  /** Absolute path of the file. */
  readonly file: string;
  readonly folder: string;
  /** Name or address of the registry that is used where nothing else is said. */
  readonly registry?: string;
  readonly registries: ReadonlyMap<string, RegistrySettings>;
  /** By name. */
  readonly packs: Readonly<Record<string, string | PackWish>>;
  readonly minAge?: string;
  readonly warnings: readonly SettingsWarning[];
  /** An error of code `project-invalid` about the value at a path: `problem(['packs', 'nginx'], 'it is …')`. */
  problem(path: readonly (string | number)[], what: string, hint?: string): Promise<PackyardError>;
}

/**
 * Finds `packyard.json` in a folder or the nearest one above it that has it. In a folder that all users of a machine
 * share, such as `/tmp`, one of another user is passed over: it is not what this one works on.
 */
export async function findProjectFile(start: string): Promise<string | undefined> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const file = join(folder, PROJECT_FILE);
    if ((await exists(file)) && !(await isOfStranger(file, folder))) return file;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Anybody may write into it, and remove only what is theirs. */
const SHARED = 0o1002;

async function isOfStranger(file: string, folder: string): Promise<boolean> {
  const user = process.getuid?.();
  if (user === undefined) return false;
  const [{ uid }, { mode }] = await Promise.all([lstat(file), stat(folder)]);
  return (mode & SHARED) === SHARED && uid !== user && uid !== 0;
}

async function exists(file: string): Promise<boolean> {
  try {
    return !(await lstat(file)).isDirectory();
  } catch (error) {
    // What may not be looked at is no project of this user.
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

/** Reads the project that a folder belongs to; undefined where there is none. Rejects with `project-invalid`. */
export async function readProject(start: string): Promise<ProjectFile | undefined> {
  const file = await findProjectFile(start);
  return file === undefined ? undefined : readProjectFile(file);
}

/** Reads a `packyard.json`. Rejects with `project-invalid`. */
export async function readProjectFile(file: string): Promise<ProjectFile> {
  return projectFile(await readSettingsDocument(resolve(file), PROJECT_KIND));
}

const KEYS = ['$schema', 'registry', 'registries', 'packs', 'minAge'];

export async function projectFile(document: SettingsDocument): Promise<ProjectFile> {
  const { file, value } = document;
  const folder = dirname(file);
  const unknown = await document.unknownKeys([], value, KEYS);
  const { registries, warnings } = await readRegistries(document, folder, 'project');
  const registry = await textAt(document, [], value, 'registry', 'the name or address of a registry');
  if (registry !== undefined) await checkRegistry(document, registry, folder);
  const minAge = await textAt(document, [], value, 'minAge', 'an age such as "3d"');
  const packs = await packsOf(document);
  return {
    file,
    folder,
    ...(registry !== undefined && { registry }),
    registries,
    packs: packs.wishes,
    ...(minAge !== undefined && { minAge }),
    warnings: [...unknown, ...warnings, ...packs.warnings],
    problem: (path, what, hint) => document.problem(path, what, hint),
  };
}

async function checkRegistry(document: SettingsDocument, registry: string, folder: string): Promise<void> {
  if (isRegistryName(registry)) return;
  if (isNetworkPath(registry)) {
    const what = '"registry" is a folder of another machine';
    throw await document.problem(['registry'], what, 'Name an address with https://.');
  }
  try {
    const { authorization, url } = registryAddress(registry, folder);
    if (authorization === undefined) return;
    const hint = 'Leave out what stands before the "@": everyone who has the project can read it.';
    throw await document.problem(['registry'], `the address ${url} holds a login`, hint);
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code !== 'usage') throw error;
    throw await document.problem(['registry'], error.message.replace(/\.$/u, ''), error.hint);
  }
}

interface ReadPacks {
  readonly wishes: Readonly<Record<string, string | PackWish>>;
  readonly warnings: readonly SettingsWarning[];
}

async function packsOf(document: SettingsDocument): Promise<ReadPacks> {
  const value = Object.hasOwn(document.value, 'packs') ? document.value['packs'] : {};
  if (!isMapping(value)) {
    throw await document.problem(['packs'], `"packs" is ${kindOf(value)} where an object is wanted`);
  }
  const warnings: SettingsWarning[] = [];
  const wishes: [string, string | PackWish][] = [];
  for (const [name, wish] of Object.entries(value)) {
    const path = ['packs', name];
    if (!isPackName(name)) throw await document.problem(path, `${shown(name)} is no name of a pack`);
    if (typeof wish === 'string') {
      wishes.push([name, wish]);
      continue;
    }
    if (!isMapping(wish)) {
      const what = `the wish for ${shown(name)} is ${kindOf(wish)} where a selector or an object is wanted`;
      throw await document.problem(path, what);
    }
    warnings.push(...(await document.unknownKeys(path, wish, ['version', 'registry', 'minAge'])));
    const version = await textAt(document, path, wish, 'version', 'a selector such as "1.x"');
    const registry = await textAt(document, path, wish, 'registry', 'the name of a registry');
    const minAge = await textAt(document, path, wish, 'minAge', 'an age such as "3d"');
    wishes.push([
      name,
      {
        ...(version !== undefined && { version }),
        ...(registry !== undefined && { registry }),
        ...(minAge !== undefined && { minAge }),
      },
    ]);
  }
  return { wishes: Object.fromEntries(wishes), warnings };
}

async function textAt(
  document: SettingsDocument,
  path: readonly string[],
  value: Mapping,
  key: string,
  want: string,
): Promise<string | undefined> {
  const text = Object.hasOwn(value, key) ? value[key] : undefined;
  if (text === undefined) return undefined;
  if (typeof text !== 'string') {
    throw await document.problem([...path, key], `"${key}" is ${kindOf(text)} where ${want} is wanted`);
  }
  if (text === '') throw await document.problem([...path, key], `"${key}" is empty where ${want} is wanted`);
  return text;
}
