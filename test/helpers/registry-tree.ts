import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import type { IndexDocument, PackDocument } from '../../src/model/documents.ts';

export function sha256Of(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Every file below a directory: its mode and the hash of its bytes, by path; folders with their mode. */
export function treeOf(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const entries = names.map((name) => [name.split(sep).join('/'), describe(join(directory, name))] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function describe(path: string): string {
  const stats = lstatSync(path);
  // Windows has no modes.
  const bits = process.platform === 'win32' ? (stats.isDirectory() ? 0o755 : 0o644) : stats.mode & 0o7777;
  const mode = bits.toString(8).padStart(4, '0');
  if (stats.isDirectory()) return `${mode} folder`;
  return stats.isFile() ? `${mode} ${sha256Of(readFileSync(path))}` : `${mode} neither file nor folder`;
}

/** Paths of the files only. */
export function filesOf(directory: string): string[] {
  return Object.entries(treeOf(directory))
    .filter(([, what]) => !what.endsWith(' folder'))
    .map(([path]) => path);
}

export function readJson<T>(directory: string, path: string): T {
  return JSON.parse(readFileSync(join(directory, path), 'utf8')) as T;
}

export function readIndex(directory: string): IndexDocument {
  return readJson(directory, 'index.json');
}

export function readPackDocument(directory: string, name: string): PackDocument {
  return readJson(directory, `packs/${name}/index.json`);
}

/** What is wrong with a registry, for a client that starts from `index.json` and follows every link in it. */
export function brokenLinks(directory: string): string[] {
  const problems: string[] = [];
  const follow = (path: string, sha256: string, size?: number): Buffer | undefined => {
    let data: Buffer;
    try {
      data = readFileSync(join(directory, path));
    } catch {
      problems.push(`${path} is missing`);
      return undefined;
    }
    if (sha256Of(data) !== sha256) problems.push(`${path} has other bytes`);
    if (size !== undefined && data.length !== size) problems.push(`${path} has another size`);
    return data;
  };
  const index = readIndex(directory);
  for (const { path, sha256 } of [index.search, index.sources]) follow(path, sha256);
  for (const { document } of Object.values(index.packs)) {
    const data = follow(document.path, document.sha256);
    if (data === undefined) continue;
    for (const { artifact, files, logo, logoWebp } of (JSON.parse(data.toString('utf8')) as PackDocument).releases) {
      for (const { path, sha256, size } of [artifact, ...Object.values(files)]) follow(path, sha256, size);
      for (const path of [...Object.values(logo), ...Object.values(logoWebp)]) {
        follow(path, /^logos\/([0-9a-f]{64})-/u.exec(path)?.[1] ?? '');
      }
    }
  }
  return problems;
}
