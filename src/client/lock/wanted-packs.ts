import { compareUtf8 } from '../../model/compare-utf8.ts';
import { parseSelector } from '../../model/version-selector.ts';
import type { PackReference } from '../reference.ts';

/** What of `packyard.json` a lock is made from; a `ProjectFile` is one. */
export interface LockableProject {
  readonly packs: Readonly<Record<string, string | PackWish>>;
  /** The age that a release must have before a pin moves to it: `3d`. */
  readonly minAge?: string;
}

interface PackWish {
  /** A selector; `latest` unless told. */
  readonly version?: string;
  /** A name of `registries`; the default one unless told. */
  readonly registry?: string;
  readonly minAge?: string;
}

/** A pack that a project names. */
export interface WantedPack {
  readonly name: string;
  /** A selector, or a tag of the pack. */
  readonly selector: string;
  readonly registry: string | undefined;
  readonly minAge: string | undefined;
}

/** The packs of a project, by name. */
export function wantedPacks({ packs, minAge }: LockableProject): readonly WantedPack[] {
  const wanted = Object.entries(packs).map(([name, wish]) => {
    const { version = 'latest', registry, minAge: own }: PackWish = typeof wish === 'string' ? { version: wish } : wish;
    return { name, selector: version.trim(), registry, minAge: own ?? minAge };
  });
  return wanted.toSorted((a, b) => compareUtf8(a.name, b.name));
}

/** What says no versions by itself is a tag, `latest` first of all. */
export function referenceOf({ name, selector }: WantedPack): PackReference {
  return parseSelector(selector) === undefined ? { name, tag: selector } : { name, selector };
}
