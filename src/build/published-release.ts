import type { ReleaseDocument, SupersededContent } from '../model/documents.ts';
import type { PublishedFile } from '../model/registry.ts';
import type { DescribedRelease } from './made-release.ts';

/** A release as it was published, with nothing made for it. */
export function publishedRelease(document: ReleaseDocument): DescribedRelease {
  return { document, made: [], published: filesOf(document) };
}

/** What a release document names, each path once. */
function filesOf({ artifact, files, logo, logoWebp }: ReleaseDocument): PublishedFile[] {
  const logos = [...Object.values(logo), ...Object.values(logoWebp)];
  return [
    ...[artifact, ...Object.values(files)].map(({ path, sha256, size }) => ({ path, sha256, size })),
    ...[...new Set(logos)].flatMap((path) => {
      // A logo's path says what it hashes to.
      const [, sha256] = /^logos\/(?<sha256>[0-9a-f]{64})-/u.exec(path) ?? [];
      return sha256 === undefined ? [] : [{ path, sha256 }];
    }),
  ];
}

/**
 * A release that was made anew although it is published with the same content: what is published stays, so that clients
 * who know its hash find it, and the rest is as made now.
 */
export function withPublishedArtifact(made: DescribedRelease, before: ReleaseDocument): DescribedRelease {
  const { artifact, source, publishedAt, supersedes } = before;
  const { path, sha256, size } = artifact;
  const { commit: _, ...madeSource } = made.document.source;
  return {
    document: {
      ...made.document,
      ...(publishedAt !== undefined && { publishedAt }),
      artifact,
      source: { ...madeSource, ...(source.commit !== undefined && { commit: source.commit }) },
      ...(supersedes !== undefined && { supersedes }),
    },
    made: made.made.filter((entry) => entry.path !== path),
    published: [{ path, sha256, size }],
  };
}

/** A release that takes the place of a published one with other content, on somebody's word. */
export function superseding(
  made: DescribedRelease,
  contentSha256: string,
  earlier: readonly SupersededContent[],
  { message, commit }: Omit<SupersededContent, 'contentSha256'>,
): DescribedRelease {
  const supersedes = [...earlier, { contentSha256, message, commit }];
  return { ...made, document: { ...made.document, supersedes } };
}
