import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { systemCode } from '../errors.ts';
import { isHostName } from '../model/host-file.ts';
import { isMapping, propertyOf } from '../model/json-value.ts';
import { isOwnPath } from '../model/own-path.ts';
import { heldBytes } from './held-bytes.ts';
import { STAGING } from './output-files.ts';
import { INDEX_PATH } from './registry-files.ts';

/** A folder that a registry is to be written to. */
export interface RegistryFolder {
  /** Absolute, links resolved. */
  readonly path: string;
  /** `unfinished` where whoever began the first registry in it was killed: then there is nothing in it but a registry's. */
  readonly holds: 'nothing' | 'registry' | 'unfinished' | 'something-else';
  /** What is known of the registry. */
  readonly index: HeldIndex | undefined;
}

export interface HeldIndex {
  readonly name: string;
  readonly serial: number | undefined;
}

/** Looks at a folder, which need not exist, and touches nothing. Rejects with errors of the system. */
export async function lookAtFolder(folder: string): Promise<RegistryFolder> {
  const path = await resolveLinks(resolve(folder));
  const names = await namesIn(path);
  const index = names.includes(INDEX_PATH) ? await heldIndex(path) : undefined;
  return { path, holds: holdings(names, index), index };
}

function holdings(names: readonly string[], index: HeldIndex | undefined): RegistryFolder['holds'] {
  if (names.length === 0) return 'nothing';
  if (index !== undefined) return 'registry';
  const own = names.every((name) => name === STAGING || isOwnPath(name) || isHostName(name));
  return own && names.includes(STAGING) ? 'unfinished' : 'something-else';
}

/** Resolves links in the part of a path that exists. */
async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await resolveLinks(dirname(path)), basename(path));
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function heldIndex(path: string): Promise<HeldIndex | undefined> {
  let index: unknown;
  try {
    index = JSON.parse(new TextDecoder().decode(await heldBytes(join(path, INDEX_PATH))));
  } catch {
    return undefined;
  }
  const format = propertyOf(index, 'format');
  if (typeof format !== 'string' || !format.startsWith('packyard-index/')) return undefined;
  const registry = propertyOf(index, 'registry');
  const [name, serial] = [isMapping(registry) ? propertyOf(registry, 'name') : undefined, propertyOf(index, 'serial')];
  return { name: typeof name === 'string' ? name : '', serial: typeof serial === 'number' ? serial : undefined };
}
