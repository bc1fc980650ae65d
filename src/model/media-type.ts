import { extname } from 'node:path/posix';

/** By the end of a path. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.gz': 'application/gzip',
  '.yaml': 'application/yaml',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
};

/** The media type of an entry, by the end of its path. */
export function mediaTypeOf(path: string): string {
  return MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
}
