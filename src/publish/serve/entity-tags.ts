/**
 * Whether a list of entity tags, the value of `If-None-Match`, holds one. Weak and strong ones are the same here.
 * Source: RFC 9110, section 13.1.2.
 */
export function listsTag(header: string, tag: string): boolean {
  if (header.trim() === '*') return true;
  return [...header.matchAll(/(?:W\/)?("[^"]*")/gu)].some(([, listed]) => listed === tag);
}
