import { lstatSync } from 'node:fs';
import { join } from 'node:path';

import { PackyardError } from '../errors.ts';
import { isHostFile } from '../model/host-file.ts';
import { isOwnPath } from '../model/own-path.ts';
import { notPortable } from '../model/portable-path.ts';

/** What of a folder may be looked at and written to. */
export interface DirectoryPaths {
  full(path: string): string;
  /** Throws `registry-invalid` where a path is none that a registry can have. */
  requireInside(path: string): void;
  /** Throws `output-foreign`: nothing is written or read through a link, which could lead anywhere. */
  requireNoLinks(path: string): void;
  refused(path: string, what: string): PackyardError;
}

export function directoryPaths(base: string): DirectoryPaths {
  const full = (path: string): string => join(base, ...path.split('/'));
  const refused = (path: string, what: string): PackyardError =>
    new PackyardError({
      code: 'output-foreign',
      message: `${full(path)} ${what}, where a registry has a plain file.`,
      hint: 'Remove it and publish again: nothing is read or written through it.',
    });
  return {
    full,
    refused,
    requireInside(path) {
      if ((isOwnPath(path) || isHostFile(path)) && notPortable(path) === undefined) return;
      throw new PackyardError({
        code: 'registry-invalid',
        message: `${JSON.stringify(path.slice(0, 200))} is no path of a registry.`,
        hint: `Nothing was done with it in ${base}.`,
      });
    },
    requireNoLinks(path) {
      const names = path.split('/');
      for (let depth = 1; depth <= names.length; depth += 1) {
        const part = names.slice(0, depth).join('/');
        if (lstatSync(full(part), { throwIfNoEntry: false })?.isSymbolicLink() === true) {
          throw refused(part, 'is a link');
        }
      }
    },
  };
}
