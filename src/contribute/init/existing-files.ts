import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { systemCode } from '../../errors.ts';

/** Where hosts look for the files that people write for each other, and what such a file is called, in lower case. */
const ELSEWHERE: Readonly<Record<string, { readonly folders: readonly string[]; readonly name: RegExp }>> = {
  'README.md': { folders: ['', '.github', 'docs'], name: /^readme(?:\.[a-z]+)?$/u },
  'CONTRIBUTING.md': { folders: ['', '.github', 'docs'], name: /^contributing(?:\.[a-z]+)?$/u },
  '.github/CODEOWNERS': { folders: ['', '.github', '.gitlab', 'docs'], name: /^codeowners$/u },
  '.github/pull_request_template.md': {
    folders: ['', '.github', 'docs'],
    name: /^pull_request_template(?:\.[a-z]+)?$/u,
  },
  '.github/zizmor.yml': { folders: ['', '.github'], name: /^zizmor\.ya?ml$/u },
  ...Object.fromEntries(
    ['pull-request', 'pull-request-comment', 'doctor'].map((name) => [
      `.github/workflows/${name}.yml`,
      { folders: ['.github/workflows'], name: new RegExp(`^${name}\\.ya?ml$`, 'u') },
    ]),
  ),
  ...Object.fromEntries(
    ['pages', 's3', 'directory'].map((host) => [
      `.github/workflows/publish-${host}.yml`,
      { folders: ['.github/workflows'], name: /^publish-(?:pages|s3|directory)\.ya?ml$/u },
    ]),
  ),
};

/** A file of the folder that does already what another one is for: that one itself, or one with another name or place. */
export function existingFile(root: string, path: string): string | undefined {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const own = path.slice(folder === '' ? 0 : folder.length + 1);
  // Not every disk tells capital letters from small ones.
  const same = namesIn(root, folder).find((name) => name.toLowerCase() === own.toLowerCase());
  if (same !== undefined) return joined(folder, same);
  for (const each of ELSEWHERE[path]?.folders ?? []) {
    const found = namesIn(root, each).find((name) => ELSEWHERE[path]?.name.test(name.toLowerCase()) === true);
    if (found !== undefined) return joined(each, found);
  }
  return undefined;
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function namesIn(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder)).toSorted();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}
