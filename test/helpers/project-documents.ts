import { fileURLToPath } from 'node:url';

import glob from 'fast-glob';

export const PROJECT: string = fileURLToPath(new URL('../..', import.meta.url));

/** Paths of all pages of documentation, from the project's folder with `/`, in their order. */
export function projectDocuments(): string[] {
  return glob.sync(['*.md', 'docs/**/*.md', '.github/**/*.md', 'bench/*.md'], { cwd: PROJECT, dot: true }).toSorted();
}
