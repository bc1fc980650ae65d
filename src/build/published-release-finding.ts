import type { Finding, Place } from '../model/finding.ts';
import { nextFreeVersion } from '../model/next-version.ts';
import { findingOf } from '../pack/finding-of.ts';
import { changeText, type PublishedChange } from './published-change.ts';

/** A release that is published with other content. */
export interface ChangedContent {
  readonly name: string;
  readonly version: string;
  /** Path of the `pack.json`, from the root of the repository. */
  readonly file: string;
  /** Of the version in it. */
  readonly place?: Place;
  /** Where it is published, for people: a folder, an address, `commit e22d371f3797`. */
  readonly published: string;
  /** Versions of the pack that exist, published or not. */
  readonly taken: Iterable<string>;
  /** What differs, or why that cannot be said; absent where nobody looked. */
  readonly change?: PublishedChange | { readonly reason: string };
}

/** How many files a finding names. */
const MOST = 10;

/** A release cannot be published, because it is already, with other content. */
export function publishedReleaseFinding({ change, taken, ...release }: ChangedContent): Finding {
  const { name, version, file, place, published } = release;
  const { files, lines } = change !== undefined && 'files' in change ? change : NOTHING;
  const args = {
    name,
    version,
    published,
    changes: files.slice(0, MOST).map(changeText),
    more: Math.max(0, files.length - MOST),
    next: nextFreeVersion(version, taken),
    ...(change !== undefined && 'reason' in change && { reason: change.reason }),
  };
  return findingOf('registry/published-release', file, args, {
    ...(place !== undefined && { place }),
    ...(lines.length > 0 && { detail: lines }),
  });
}

const NOTHING: PublishedChange = { files: [], lines: [] };
