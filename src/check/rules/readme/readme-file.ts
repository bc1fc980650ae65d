import type { LintPack } from '../../lint-pack.ts';

/** Path of the pack's README.md, whatever the case of its letters. */
export function readmeFile({ files }: LintPack): string | undefined {
  if (files.has('README.md')) return 'README.md';
  return [...files.keys()].find((path) => path.toLowerCase() === 'readme.md');
}
