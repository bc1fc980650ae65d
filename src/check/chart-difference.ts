import { basename } from 'node:path/posix';
import { isDeepStrictEqual } from 'node:util';

import { LIMITS } from '../model/limits.ts';
import { ignoreFilter, parseIgnoreRules } from '../pack/ignore-rules.ts';
import { junkFilter } from '../pack/junk.ts';
import { chartFileValue, type ChartFiles } from './chart-files.ts';
import { helmMetadata } from './chart-metadata.ts';
import { isSameValues } from './chart-values-equality.ts';

/** How an unpacked chart differs from a packed one; paths are in their order. */
export interface ChartDifference {
  /** In both, with another content. */
  readonly changed: readonly string[];
  /** Only in the unpacked one. */
  readonly added: readonly string[];
  /** Only in the packed one. */
  readonly removed: readonly string[];
}

/** Compares what Helm would pack; what it changes while packing, and what is never installed, is no difference. */
export function chartDifference(packed: ChartFiles, unpacked: ChartFiles): ChartDifference {
  const isLeftOut = leftOut(unpacked.get('.helmignore'));
  const subcharts = [unpackedSubcharts(packed), unpackedSubcharts(unpacked)] as const;
  const counts = (path: string): boolean => !isLeftOut(path) && isComparable(path, subcharts);
  const paths = [...new Set([...packed.keys(), ...unpacked.keys()])].filter(counts).toSorted();
  const both = paths.filter((path) => packed.has(path) && unpacked.has(path));
  return {
    changed: both.filter((path) => !isSame(path, packed, unpacked)),
    added: paths.filter((path) => !packed.has(path)),
    removed: paths.filter((path) => !unpacked.has(path)),
  };
}

/** Comparisons of a rule or a character: a real chart takes some ten thousand. */
const IGNORE_STEPS = 5_000_000;

/** Helm leaves out the files below `templates` that are hidden, whatever `.helmignore` says. */
const HELM_LEAVES_OUT = 'templates/.?*\n';

/** Locks come in any order; requirements are a part of Chart.yaml since Helm 3, which moves them there. */
const HELM_MANAGES: ReadonlySet<string> = new Set(['Chart.lock', 'requirements.lock', 'requirements.yaml']);

function leftOut(helmignore: Buffer | undefined): (path: string) => boolean {
  const text = helmignore === undefined || helmignore.length > LIMITS.packignoreBytes ? '' : helmignore.toString();
  const rules = [parseIgnoreRules(HELM_LEAVES_OUT), parseIgnoreRules(text)];
  const ignored = ignoreFilter(rules, { left: IGNORE_STEPS });
  const isJunk = junkFilter();
  return (path) => HELM_MANAGES.has(basename(path)) || isJunk(path) || ignored(path);
}

/** Names of the subcharts whose files lie below `charts/`. */
function unpackedSubcharts(files: ChartFiles): ReadonlySet<string> {
  return new Set([...files.keys()].flatMap((path) => /^charts\/(?<name>[^/]+)\//u.exec(path)?.groups?.['name'] ?? []));
}

/** A subchart is compared where both have it unpacked: Helm fetches it, and unpacks what it finds packed. */
function isComparable(path: string, [ours, theirs]: readonly [ReadonlySet<string>, ReadonlySet<string>]): boolean {
  if (!path.startsWith('charts/')) return true;
  const [, name = '', ...rest] = path.split('/');
  return rest.length > 0 && !path.endsWith('.tgz') && ours.has(name) && theirs.has(name);
}

function isSame(path: string, packed: ChartFiles, unpacked: ChartFiles): boolean {
  const [one, other] = [packed.get(path), unpacked.get(path)];
  if (one === undefined || other === undefined || one.equals(other)) return true;
  const name = basename(path);
  if (name === 'Chart.yaml') return isSameMetadata(path, packed, unpacked);
  return plain(one).equals(plain(other)) || (name === 'values.yaml' && isSameYaml(one, other, packed));
}

/** Comments and the order of keys change nothing of what is installed. */
function isSameYaml(one: Buffer, other: Buffer, packed: ChartFiles): boolean {
  const [value, copied] = [chartFileValue(one), chartFileValue(other)];
  return value !== undefined && copied !== undefined && isSameValues(value, copied, unpackedSubcharts(packed));
}

function isSameMetadata(path: string, packed: ChartFiles, unpacked: ChartFiles): boolean {
  const [one, other] = [packed, unpacked].map((files) => helmMetadata(path, files));
  return one !== undefined && other !== undefined && isDeepStrictEqual(one, other);
}

/** Without a byte order mark, which Helm drops, and with line feeds only: Git turns them into others and back. */
function plain(data: Buffer): Buffer {
  const text = data.toString('latin1').replace(/^\u00EF\u00BB\u00BF/u, '');
  return Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1');
}
