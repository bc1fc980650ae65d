import type { PackSource } from './read-pack-source.ts';

/** The branch that packs are pushed to: named after the first, and saying how many more there are. */
export function branchFor(sources: readonly Pick<PackSource, 'name' | 'version'>[]): string {
  const [first] = sources;
  const more = sources.length > 1 ? `-and-${sources.length - 1}-more` : '';
  const text = `packyard/${first?.name ?? ''}-${first?.version ?? ''}${more}`;
  // A version may hold what the name of a branch may not.
  // eslint-disable-next-line no-control-regex
  const plain = text.replaceAll(/[\u0000-\u0020\u007f~^:?*[\\]|@\{/gu, '-').replaceAll(/\.{2,}/gu, '.');
  return plain.replace(/\.lock$/u, '-lock').replace(/\.$/u, '-');
}
