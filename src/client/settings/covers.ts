/**
 * Whether what was given for one address may be sent to another: the same origin, and a path at or below it. Both are
 * base URLs, which end with a slash.
 */
export function covers(own: string, asked: string): boolean {
  if (asked === own) return true;
  if (!own.endsWith('/') || !asked.startsWith(own)) return false;
  // Some hosts take these for separators, after which ".." would lead out of what was given.
  return !/%(?:2f|5c|2e)|\\/iu.test(asked.slice(own.length));
}

/** The key of what covers an address most closely. */
export function closest(keys: Iterable<string>, asked: string): string | undefined {
  let best: string | undefined;
  for (const key of keys) if (covers(key, asked) && (best === undefined || key.length > best.length)) best = key;
  return best;
}
