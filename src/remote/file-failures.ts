import { formatBytes } from '../model/format-bytes.ts';

/** In which way a file is not what was published, as what follows its address in a sentence. */
export function otherBytes(expected: string, found: string): string {
  return `has other bytes than were published: their SHA-256 is ${found}, not ${expected}`;
}

/** A clause. */
export function tooLarge(maxBytes: number): string {
  return `it is larger than ${formatBytes(maxBytes)}`;
}
