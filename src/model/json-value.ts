/** A JSON object or YAML mapping; its keys may be those of any attacker: ask with `Object.hasOwn`. */
export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** None when the value is no mapping. */
export function keysOf(value: unknown): string[] {
  return isMapping(value) ? Object.keys(value) : [];
}

/** The own property of an object, or undefined when the value is no object or has no such key. */
export function propertyOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** The list of strings under a key; what is not a string becomes an empty one, so that indexes stay. */
export function stringsAt(value: unknown, key: string): string[] {
  const list = propertyOf(value, key);
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown) => (typeof item === 'string' ? item : ''));
}

/** What a value is, in a word with its article, for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}
