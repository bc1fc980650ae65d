import { extname } from 'node:path/posix';

import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { LintPack } from '../../lint-pack.ts';

/** Endings of files that no machine runs. */
const DATA = new Set(
  ['yaml', 'yml', 'json', 'md', 'txt', 'tpl', 'toml', 'ini', 'conf', 'cfg', 'csv', 'xml', 'lock', 'pem', 'crt']
    .concat(['png', 'jpg', 'jpeg', 'webp', 'svg', 'gif', 'ico', 'pdf', 'tgz', 'gz', 'tar', 'zip'])
    .map((ending) => `.${ending}`),
);

const SHEBANG = 0x2321;

/** Data that is marked as a program, which mostly says that it was copied from a disk without such marks. */
export function* executable({ files }: LintPack): Generator<Finding> {
  for (const file of files.values()) {
    if (!file.executable || !DATA.has(extname(file.path).toLowerCase())) continue;
    if (file.data.length > 1 && file.data.readUInt16BE(0) === SHEBANG) continue;
    yield findingOf('file/executable', file.path, { path: file.path });
  }
}
