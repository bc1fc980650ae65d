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
import { folderEntries, type FolderProblem } from '../folder-entries.ts';
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
  const entries = folderEntries(directory, {
    // Helm's rules are for files; a rule for a folder is one for all that is in it.
    isLeftOut: (path) => !path.endsWith('/') && isIgnored(path),
    refusal: (path, problem) => refusal(directory, path, problem),
  });
  for (const { path, isFolder } of entries) {
    if (isFolder) continue;
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

function refusal(directory: string, path: string, problem: FolderProblem): Error {
  switch (problem) {
    case 'link':
      return refused(directory, path, 'is a symbolic link, which no chart may hold');
    case 'special':
      return refused(directory, path, 'is no regular file, which no chart may hold');
    case 'too-deep':
      return refused(directory, path, 'lies too deep');
    case 'too-many':
      return chartInvalid(`${directory} holds more than ${LIMITS.packFiles.entries} files.`, IGNORE_HINT);
    default:
      return refused(directory, path, `has a name that not every system can hold: ${problem.name}`);
  }
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
