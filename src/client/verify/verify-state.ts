import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { makeFolder } from '../../remote/make-folder.ts';
import { sha256Of } from '../../remote/sha256.ts';
import { CLIENT_FOLDER } from '../cache/client-folder.ts';

/**
 * Which packs an earlier run found sound before it was interrupted, each by the SHA-256 of its document, from which the
 * hashes of all its files follow. A run that comes to its end removes it: a verification that trusts an earlier
 * one would be none.
 */
export interface VerifyState {
  has(documentSha256: string): boolean;
  add(documentSha256: string): void;
  remove(): void;
}

export const NO_STATE: VerifyState = { has: () => false, add: () => undefined, remove: () => undefined };

const LINE = /^[0-9a-f]{64}$/u;
/** After that, too much can have happened to the host. */
const LASTS = 24 * 60 * 60 * 1000;

/**
 * The state of the registry at a location in a folder of the cache; with `trusted: false`, an empty one. Where the
 * folder cannot be used, the verification works, and begins anew next time.
 */
export async function openVerifyState(
  cache: string,
  location: string,
  { trusted, now = Date.now() }: { readonly trusted: boolean; readonly now?: number },
): Promise<VerifyState> {
  const file = join(cache, CLIENT_FOLDER, 'verify', `${await sha256Of(new TextEncoder().encode(location))}.txt`);
  const known = trusted ? knownIn(file, now) : new Set<string>();
  if (known.size === 0) withoutFailing(() => rmSync(file, { force: true }));
  let usable = true;
  return {
    has: (sha256) => known.has(sha256),
    add(sha256) {
      // One write a line, and at once: the process may be ended at any moment, or another one be at the same registry.
      usable &&= withoutFailing(() => {
        makeFolder(dirname(file), { mode: 0o700 });
        appendFileSync(file, `${sha256}\n`, { mode: 0o600 });
      });
    },
    remove: () => void withoutFailing(() => rmSync(file, { force: true })),
  };
}

function knownIn(file: string, now: number): Set<string> {
  const known = new Set<string>();
  withoutFailing(() => {
    if (now - statSync(file).mtimeMs > LASTS) return;
    // The last line may be cut off.
    for (const line of readFileSync(file, 'latin1').split('\n')) if (LINE.test(line)) known.add(line);
  });
  return known;
}

function withoutFailing(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
