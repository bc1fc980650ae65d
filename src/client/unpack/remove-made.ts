import { rmdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Removes folders that were made above a target, from the innermost on, as long as nobody else used them. */
export function removeMade(innermost: string, outermost: string): void {
  const end = resolve(outermost);
  try {
    for (let folder = resolve(innermost); folder.length >= end.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Somebody did.
  }
}
