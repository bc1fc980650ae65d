/** Stands for a value that only an installation knows. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** Stands for it in a text; no chart has a use for this character. */
export const UNKNOWN_MARK = '\uE000';

/** As Go's templates have it. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== '' && value !== 0 && value !== false;
}

/** A value as a template writes it. */
export function written(value: unknown): string {
  if (value === UNKNOWN) return UNKNOWN_MARK;
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return `[${value.map(written).join(' ')}]`;
  if (typeof value === 'object')
    return `map[${Object.entries(value)
      .map(([key, each]) => `${key}:${written(each)}`)
      .join(' ')}]`;
  return String(value as string | number | boolean);
}
