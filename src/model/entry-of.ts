import type { Content, Entry } from './entry.ts';
import { contentOf } from './content.ts';
import { mediaTypeOf } from './media-type.ts';

/** Content as a file of the registry. */
export function entryOf(path: string, content: Content, cache: Entry['cache']): Entry {
  const { sha256, size } = content;
  return { path, mediaType: mediaTypeOf(path), cache, sha256, size, open: () => content.open() };
}

export function documentContent(document: object): Content {
  return contentOf(documentBytes(document));
}

/** A document's bytes: JSON in one line. */
export function documentBytes(document: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(document)}\n`);
}
