import { isMapping } from '../model/json-value.ts';

/** Values with others laid over them, as Helm does it: mappings are merged, all else is replaced, null takes out. */
export function mergedValues(values: unknown, over: unknown): unknown {
  if (over === undefined) return values;
  if (!isMapping(values) || !isMapping(over)) return over;
  const merged = new Map(Object.entries(values));
  for (const [key, value] of Object.entries(over)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergedValues(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
