import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { systemCode } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { notPortable } from '../../model/portable-path.ts';
import { canonicalPieces } from '../../pack/archive.ts';
import { canonicalGzip } from '../../pack/canonical-gzip.ts';
import { yamlOf } from '../../pack/chart-parts.ts';
import type { PackFile } from '../../pack/pack.ts';
import { propertyOf } from '../../model/json-value.ts';
import { readSmallFile } from '../../remote/read-small-file.ts';
import { CHART_HINT, chartInvalid } from './chart-error.ts';
import { chartIgnore } from './chart-ignore.ts';

/** zlib's best: a chart is packed once. */
const LEVEL = 9;

/**
 * Packs the folder of a chart: the same files give the same tar, whatever their times, owners and modes are. What its
 * `.helmignore` names is left out, and junk. Rejects with `chart-invalid` where it is no chart, or holds what no chart
 * may, such as a link.
 */
export async function packChart(directory: string): Promise<Buffer> {
  const metadata = await fileOf(directory, 'Chart.yaml').catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw chartInvalid(`${directory} is no chart: there is no Chart.yaml in it.`, CHART_HINT);
  });
  const isIgnored = chartIgnore(await fileOf(directory, '.helmignore').catch(() => undefined));
  const files: PackFile[] = [];
  let size = 0;
  for await (const path of pathsBelow(directory, '', isIgnored)) {
    const reason = notPortable(path);
    if (reason !== undefined) throw refused(directory, path, `has a name that not every system can hold: ${reason}`);
    if (files.length === LIMITS.packFiles.entries)
      throw chartInvalid(`${directory} holds more than ${LIMITS.packFiles.entries} files.`, IGNORE_HINT);
    const data = await fileOf(directory, path);
    size += data.length;
    if (size > LIMITS.chartBytes)
      throw chartInvalid(`${directory} holds more than ${formatBytes(LIMITS.chartBytes)}.`, IGNORE_HINT);
    // As Helm has it: what is in a chart is never run as it is.
    files.push({ path, executable: false, data });
  }
  return packedFiles(metadata, files);
}

/** Files of a chart as Helm packs them: in a folder of the chart's name, which its `Chart.yaml` says. */
export async function packedFiles(metadata: Buffer, files: readonly PackFile[]): Promise<Buffer> {
  const name = propertyOf(yamlOf(metadata), 'name');
  const sorted = files.toSorted((a, b) => compareUtf8(a.path, b.path));
  const root = typeof name === 'string' && notPortable(name) === undefined && !name.includes('/') ? name : 'chart';
  const chunks: Buffer[] = [];
  for await (const chunk of canonicalGzip(canonicalPieces(root, sorted), LEVEL)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const IGNORE_HINT = 'Name what is not installed in its .helmignore.';

async function* pathsBelow(
  directory: string,
  folder: string,
  isIgnored: (path: string) => boolean,
  levels: number = LIMITS.packFiles.levels,
): AsyncGenerator<string> {
  if (levels === 0) throw refused(directory, folder, 'lies too deep');
  for (const entry of await readdir(join(directory, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* pathsBelow(directory, path, isIgnored, levels - 1);
    else if (!isIgnored(path)) {
      requireFile(directory, path, entry);
      yield path;
    }
  }
}

function requireFile(directory: string, path: string, entry: Dirent): void {
  if (entry.isFile()) return;
  const what = entry.isSymbolicLink() ? 'is a symbolic link' : 'is no regular file';
  throw refused(directory, path, `${what}, which no chart may hold`);
}

function refused(directory: string, path: string, why: string): Error {
  return chartInvalid(`${directory} is not packed: ${path} ${why}.`, 'Remove it, or name it in .helmignore.');
}

async function fileOf(directory: string, path: string): Promise<Buffer> {
  const data = await readSmallFile(join(directory, path), LIMITS.fileBytes);
  if (data === 'special') throw refused(directory, path, 'is no regular file');
  if (data === 'too-large') throw refused(directory, path, `is larger than ${formatBytes(LIMITS.fileBytes)}`);
  return data;
}
