import { fileURLToPath } from 'node:url';
import { stat } from 'node:fs/promises';

import { PackyardError, systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { readSmallFile } from '../../remote/read-small-file.ts';
import { sha256Of } from '../../remote/sha256.ts';
import { CHART_HINT, chartInvalid } from './chart-error.ts';
import { fetchFile, type FetchFileOptions } from './fetch-file.ts';
import { packChart } from './pack-chart.ts';

export interface ChartSourceOptions extends FetchFileOptions {
  /** What the SHA-256 of the packed chart must be, in hexadecimal. */
  readonly sha256?: string | undefined;
}

/** A packed chart, and how to call where it came from: without credentials. */
export interface ChartSource {
  readonly data: Buffer;
  readonly shown: string;
  /** Whether it came over the network. */
  readonly fetched: boolean;
}

/** Milliseconds for an answer, and for each part of it. */
const PATIENCE = 30_000;

/**
 * The packed chart of a file, a folder that is packed, or an address. Rejects with `chart-invalid`, `usage`,
 * `archive-refused` where it has another hash, or what fetching rejects with.
 */
export async function readChartSource(source: string, options: ChartSourceOptions): Promise<ChartSource> {
  const expected = expectedHash(options.sha256);
  const chart = await (isAddress(source) ? fetchedChart(source, options) : localChart(pathOf(source)));
  const found = expected === undefined ? undefined : await sha256Of(chart.data);
  if (found === expected) return chart;
  throw new PackyardError({
    code: 'archive-refused',
    message: `${chart.shown} is not the chart that was expected: its SHA-256 is ${found}, not ${expected}.`,
    hint: 'It was not used. Compare the hash with what the makers of the chart publish.',
  });
}

function isAddress(source: string): boolean {
  return /^https?:/iu.test(source);
}

function expectedHash(sha256: string | undefined): string | undefined {
  if (sha256 === undefined) return undefined;
  const hash = sha256.replace(/^sha256:/iu, '').toLowerCase();
  if (/^[\da-f]{64}$/u.test(hash)) return hash;
  throw new PackyardError({
    code: 'usage',
    message: 'The SHA-256 that the chart shall have is not 64 hexadecimal digits.',
    hint: 'Give what `sha256sum FILE.tgz` prints.',
  });
}

async function fetchedChart(source: string, options: FetchFileOptions): Promise<ChartSource> {
  const { bytes, shown } = await fetchFile(source, 'chart', LIMITS.fileBytes, { patience: PATIENCE, ...options });
  return { data: Buffer.from(bytes), shown, fetched: true };
}

/** Throws `chart-invalid` for what is no path. */
function pathOf(source: string): string {
  const scheme = /^([a-z][a-z\d+.-]+):(?=\/\/)/iu.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined) return source;
  if (scheme === 'oci') {
    // What stands before an @ may be a password.
    const [plain = ''] = source.split(/[?#]/u, 1);
    const address = plain.includes('@') ? 'oci://HOST/PATH' : plain;
    throw chartInvalid(
      'A chart is not read from an OCI registry.',
      `Fetch it first (\`helm pull ${address} --version VERSION\`), then name the .tgz.`,
    );
  }
  if (scheme === 'file' && URL.canParse(source)) {
    try {
      return fileURLToPath(source);
    } catch {
      // Another machine's, or no path that there can be.
    }
  }
  throw chartInvalid(`A chart cannot be read over ${scheme}.`, CHART_HINT);
}

async function localChart(path: string): Promise<ChartSource> {
  try {
    if ((await stat(path)).isDirectory()) return { data: await packChart(path), shown: path, fetched: false };
    const data = await readSmallFile(path, LIMITS.fileBytes);
    if (data === 'special') throw chartInvalid(`${path} is no regular file.`, CHART_HINT);
    if (data === 'too-large')
      throw chartInvalid(
        `${path} is larger than ${formatBytes(LIMITS.fileBytes)}, which no pack can hold.`,
        'Leave out of the chart what is not installed.',
      );
    return { data, shown: path, fetched: false };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof PackyardError || code === undefined) return error;
  if (code !== 'ENOENT' && code !== 'ENOTDIR')
    return chartInvalid(
      `${path} cannot be read (${code}).`,
      'Look at its rights and those of the folders above.',
      error,
    );
  // `helm` takes a chart of a repository in this form.
  const named = /^[a-z\d][\w.-]*\/[a-z\d][\w.-]*$/iu.test(path) && !/\.(?:tgz|tar\.gz)$/iu.test(path);
  return chartInvalid(
    `There is no file or folder ${path}.`,
    named ? `Where it is a chart of a Helm repository, fetch it first: helm pull ${path}` : CHART_HINT,
  );
}
