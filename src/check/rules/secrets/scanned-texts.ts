import { basename, extname } from 'node:path/posix';

import { isUtf8 } from 'node:buffer';

import type { LintPack } from '../../lint-pack.ts';

/** A text in which secrets are looked for. */
export interface ScannedText {
  readonly file: string;
  /** Path in the archive, when the file is one. */
  readonly inside?: string;
  readonly text: string;
}

/** Bytes of each file that are read. */
const MOST = 1_048_576;
const TEXT = new Set([
  '',
  '.yaml',
  '.yml',
  '.json',
  '.md',
  '.txt',
  '.env',
  '.conf',
  '.cfg',
  '.ini',
  '.toml',
  '.properties',
  '.sh',
  '.py',
  '.j2',
  '.pem',
  '.key',
  '.xml',
]);
const CHART = 'Chart.yaml';

/**
 * The texts of a pack. Of its charts, packed or not, only those that hold values and keys: their templates are read
 * from elsewhere, and hold none that are not examples.
 */
export function* scannedTexts({ files, archives }: LintPack): Generator<ScannedText> {
  const charts = new Set<string>();
  for (const path of files.keys()) if (basename(path) === CHART) charts.add(path.slice(0, -CHART.length));
  for (const { path, data } of files.values()) {
    if (!TEXT.has(extname(path)) || (isBelow(path, charts) && !holdsValues(path))) continue;
    yield* textOf(path, data);
  }
  for (const { path, files: inner } of archives.values()) {
    for (const [inside, data] of inner) if (holdsValues(inside)) yield* textOf(path, data, inside);
  }
}

function* textOf(file: string, data: Buffer, inside?: string): Generator<ScannedText> {
  const start = data.length > MOST ? data.subarray(0, MOST) : data;
  if (start.length < data.length || isUtf8(start))
    yield { file, ...(inside !== undefined && { inside }), text: start.toString('utf8') };
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    if (folders.has(path.slice(0, end + 1))) return true;
  return false;
}

function holdsValues(path: string): boolean {
  const name = basename(path);
  return /^[^/]{0,100}values[^/]{0,100}\.ya?ml$/u.test(name) || /\.(?:key|pem|env)$/u.test(name);
}
