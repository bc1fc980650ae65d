import { isMapping, type Mapping } from '../model/json-value.ts';

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['yes', true],
  ['off', false],
  ['no', false],
]);

/**
 * Whether the values.yaml of a packed chart could be made of that of an unpacked one. Helm 2 wrote it anew: with `true`
 * for the `On` of older YAML, and with the values of subcharts filled in.
 */
export function isSameValues(packed: unknown, unpacked: unknown, subcharts: ReadonlySet<string>): boolean {
  if (!isMapping(packed) || !isMapping(unpacked)) return isSame(packed, unpacked, false);
  return sameKeys(packed, unpacked, (key) => subcharts.has(key), false);
}

function isSame(packed: unknown, unpacked: unknown, filled: boolean): boolean {
  if (Array.isArray(packed) && Array.isArray(unpacked)) {
    return packed.length === unpacked.length && packed.every((item, at) => isSame(item, unpacked[at], false));
  }
  if (isMapping(packed) && isMapping(unpacked)) return sameKeys(packed, unpacked, () => filled, filled);
  return packed === unpacked || (typeof packed === 'boolean' && packed === booleanOf(unpacked));
}

function sameKeys(packed: Mapping, unpacked: Mapping, mayFill: (key: string) => boolean, filled: boolean): boolean {
  const keys = Object.keys(packed);
  return (
    Object.keys(unpacked).every((key) => Object.hasOwn(packed, key)) &&
    keys.every((key) =>
      Object.hasOwn(unpacked, key) ? isSame(packed[key], unpacked[key], mayFill(key)) : filled || mayFill(key),
    )
  );
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'string' ? WORDS.get(value.toLowerCase()) : undefined;
}
