import { isMapping } from '../../model/json-value.ts';

/** A difference between two parsed documents; a side is absent where there is no such value. */
export interface RawChange {
  readonly path: readonly (string | number)[];
  readonly before?: { readonly value: unknown };
  readonly after?: { readonly value: unknown };
  /** Key and mapping around it, that say what a value is. */
  readonly key: string;
}

/**
 * Where two parsed YAML documents differ: the smallest values that do, and the largest that are on one side only. The
 * order of keys is no difference. Items of lists that stand at their beginning or end on both sides are the same ones,
 * those between are compared one by one.
 */
export function valueChanges(before: unknown, after: unknown): RawChange[] {
  const changes: RawChange[] = [];
  const idOf = identities();
  const walk = (one: unknown, other: unknown, path: readonly (string | number)[], key: string): void => {
    if (idOf(one) === idOf(other)) return;
    if (isMapping(one) && isMapping(other)) {
      for (const name of Object.keys(one)) {
        const [mine, within] = [one[name], [...path, name]];
        if (Object.hasOwn(other, name)) walk(mine, other[name], within, keyOf(name, one));
        else changes.push({ path: within, before: { value: mine }, key: keyOf(name, one) });
      }
      for (const name of Object.keys(other)) {
        if (Object.hasOwn(one, name)) continue;
        changes.push({ path: [...path, name], after: { value: other[name] }, key: keyOf(name, other) });
      }
    } else if (Array.isArray(one) && Array.isArray(other)) {
      walkLists(one, other, path, key);
    } else {
      changes.push({ path, before: { value: one }, after: { value: other }, key });
    }
  };
  const walkLists = (
    one: readonly unknown[],
    other: readonly unknown[],
    path: readonly (string | number)[],
    key: string,
  ): void => {
    const shorter = Math.min(one.length, other.length);
    let start = 0;
    while (start < shorter && idOf(one[start]) === idOf(other[start])) start += 1;
    let end = 0;
    while (end < shorter - start && idOf(one.at(-1 - end)) === idOf(other.at(-1 - end))) end += 1;
    const [oneEnd, otherEnd] = [one.length - end, other.length - end];
    for (let index = start; index < Math.max(oneEnd, otherEnd); index += 1) {
      const within = [...path, index];
      if (index >= otherEnd) changes.push({ path: within, before: { value: one[index] }, key });
      else if (index >= oneEnd) changes.push({ path: within, after: { value: other[index] }, key });
      else walk(one[index], other[index], within, key);
    }
  };
  walk(before, after, [], '');
  return changes;
}

/** The key of a value; in an entry of `env` (`name: TOKEN`, `value: …`) it is the name that says what the value is. */
export function keyOf(key: string, mapping: Readonly<Record<string, unknown>>): string {
  const name = Object.hasOwn(mapping, 'name') ? mapping['name'] : undefined;
  return key === 'value' && typeof name === 'string' ? name : key;
}

/** Equal values have one number, found once for each, so that comparing large ones costs nothing. */
function identities(): (value: unknown) => number {
  const numbers = new Map<string, number>();
  const known = new WeakMap<object, number>();
  const numberOf = (form: string): number => {
    const number = numbers.get(form) ?? numbers.size;
    numbers.set(form, number);
    return number;
  };
  const idOf = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return numberOf(`${typeof value} ${String(value)}`);
    const found = known.get(value) ?? numberOf(formOf(value));
    known.set(value, found);
    return found;
  };
  const formOf = (value: object): string => {
    if (Array.isArray(value)) return `[${value.map(idOf).join(' ')}`;
    const mapping = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(mapping).toSorted();
    return `{${keys.map((key) => `${JSON.stringify(key)}${idOf(mapping[key])}`).join(' ')}`;
  };
  return idOf;
}

/** A path as people write it: `charts.demo.list[0]["a.b"]`. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]+$/u.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}
