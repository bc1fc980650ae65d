import { gzipSync } from 'node:zlib';

import { canonicalTar } from './canonical-tar.ts';

/** A packed chart (`.tgz`) with some files below its top folder; `Chart.yaml` is made unless it is given. */
export function packedChart(
  name: string,
  version: string = '1.0.0',
  files: Readonly<Record<string, string>> = {},
): Buffer {
  const all = { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`, ...files };
  const entries = Object.entries(all).map(([path, text]) => ({ path, executable: false, data: Buffer.from(text) }));
  return gzipSync(Buffer.concat(Array.from(canonicalTar(name, entries), (chunk) => Buffer.from(chunk))));
}
