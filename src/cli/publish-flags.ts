import { InvalidArgumentError } from 'commander';

import { parseBytes } from '../model/parse-bytes.ts';
import type { CommonFlags } from './command-context.ts';

export interface PublishFlags extends CommonFlags {
  readonly from: string;
  readonly repo: string;
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly keep?: number;
  readonly rollback?: string;
  readonly url?: string;
  readonly wait?: number;
  readonly probe: boolean;
  readonly limit?: number;
  readonly branch?: string;
  readonly remote?: string;
  readonly squash?: boolean;
  readonly pages?: boolean;
  readonly endpoint?: string;
  readonly region?: string;
  readonly pathStyle?: boolean;
  readonly concurrency?: number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of a time as people write it: `7d`, `12h`, `30m`, `90s`, `2w`. */
export function duration(value: string): number {
  const [, count, unit = ''] = /^(\d{1,5}) ?([smhdw])$/u.exec(value) ?? [];
  const length = UNITS[unit];
  if (count === undefined || length === undefined) {
    throw new InvalidArgumentError('It is a time such as 7d, 12h, 30m or 90s.');
  }
  return Number(count) * length;
}

/** Shorter ones could take files away from another publisher that is about to use them. */
const SHORTEST_KEEP = 3_600_000;

export function keepDuration(value: string): number {
  const milliseconds = duration(value);
  if (milliseconds >= SHORTEST_KEEP) return milliseconds;
  throw new InvalidArgumentError('It is an hour or more, for readers and other publishers that are at work.');
}

export function byteCount(value: string): number {
  const bytes = /^\d{1,15}$/u.test(value) ? Number(value) : parseBytes(value);
  if (bytes === undefined) throw new InvalidArgumentError('It is a number of bytes such as 1GB or 900MiB.');
  return bytes;
}

/** A flag that does nothing here, and what it belongs to; undefined where they go together. */
export function strayFlag(target: string | undefined, flags: PublishFlags): string | undefined {
  const isBucket = target !== undefined && /^s3:/iu.test(target);
  const { rollback, prune, keep, branch, pages } = flags;
  const strays: readonly (readonly [boolean, string])[] = [
    [keep !== undefined && prune !== true, '--keep needs --prune.'],
    [rollback !== undefined && prune === true, '--rollback and --prune do not go together.'],
    [
      rollback !== undefined && pages === true,
      '--rollback and --pages do not go together: nothing is live in that folder.',
    ],
    [prune === true && pages === true, '--prune and --pages do not go together: that folder is new each time.'],
    [branch !== undefined && pages === true, '--branch and --pages do not go together.'],
    [branch === undefined && flags.remote !== undefined, '--remote needs --branch.'],
    [branch === undefined && flags.squash === true, '--squash needs --branch.'],
    [!isBucket && flags.endpoint !== undefined, '--endpoint is for s3:// only.'],
    [!isBucket && flags.region !== undefined, '--region is for s3:// only.'],
    [!isBucket && flags.pathStyle !== undefined, '--path-style is for s3:// only.'],
    [flags.url === undefined && flags.wait !== undefined, '--wait needs --url.'],
  ];
  return strays.find(([isStray]) => isStray)?.[1];
}
