/** A value that a manifest's template asks for. */
export interface AskedValue {
  /** Keys below `manifests.<file>`. */
  readonly path: readonly string[];
  /** What the template falls back to, as YAML; undefined where it has nothing. */
  readonly fallback?: string;
  /** Counted from 1. */
  readonly line: number;
}

/** More than any manifest asks for. */
const MOST = 500;
/** Characters from a default to the value that it is for. */
const FARTHEST = 200;
const EXPRESSION = /\{\{-?(?<inside>[^{}]*?)-?\}\}/gu;
const VALUE = /(?<![\w)\]"])\$?\.Values(?<path>(?:\.[A-Za-z_]\w*){1,12})/gu;
const DEFAULT_PIPE = /^\s*\|\s*default\s+(?<value>"[^"\\\n]*"|-?\d{1,15}(?:\.\d{1,6})?|true|false)/u;
const DEFAULT_CALL = /\bdefault\s+(?<value>"[^"\\\n]*"|-?\d{1,15}(?:\.\d{1,6})?|true|false)\s+\(?\s*$/u;

/**
 * What templates of a manifest read from `.Values`, each path once, in the order of the text. Of paths that lead through
 * one another only the longest stay.
 */
export function askedValues(text: string): AskedValue[] {
  const asked = new Map<string, AskedValue>();
  let line = 1;
  let at = 0;
  for (const { groups, index } of text.matchAll(EXPRESSION)) {
    const inside = groups?.['inside'] ?? '';
    if (!inside.includes('.Values') || asked.size >= MOST) continue;
    line += linesIn(text.slice(at, index));
    at = index;
    for (const value of valuesIn(inside, line)) {
      const key = value.path.join('.');
      const known = asked.get(key);
      if (known === undefined || (known.fallback === undefined && value.fallback !== undefined))
        asked.set(key, { ...value, line: known?.line ?? value.line });
    }
  }
  const paths = [...asked.keys()];
  return [...asked].flatMap(([key, value]) => (paths.some((other) => other.startsWith(`${key}.`)) ? [] : [value]));
}

function* valuesIn(inside: string, line: number): Generator<AskedValue> {
  for (const match of inside.matchAll(VALUE)) {
    const path = (match.groups?.['path'] ?? '').slice(1).split('.');
    const behind = inside.slice(match.index + match[0].length);
    const before = inside.slice(Math.max(0, match.index - FARTHEST), match.index);
    const fallback = DEFAULT_PIPE.exec(behind)?.groups?.['value'] ?? DEFAULT_CALL.exec(before)?.groups?.['value'];
    yield { path, line, ...(fallback !== undefined && { fallback }) };
  }
}

/** Values with the namespace of the pack where a template wants a namespace and falls back to none. */
export function withNamespace(values: readonly AskedValue[], namespace: string | undefined): AskedValue[] {
  return values.map((value) =>
    value.fallback === undefined && namespace !== undefined && value.path.at(-1) === 'namespace'
      ? { ...value, fallback: JSON.stringify(namespace) }
      : value,
  );
}

/** The values as YAML below `manifests.<file>:`, not indented; those without a fallback are empty. */
export function askedValuesText(values: readonly AskedValue[]): string {
  interface Branch extends Map<string, Branch | AskedValue> {}
  const root: Branch = new Map();
  for (const value of values) {
    let branch = root;
    for (const key of value.path.slice(0, -1)) {
      const next = branch.get(key);
      const inner: Branch = next instanceof Map ? next : new Map();
      branch.set(key, inner);
      branch = inner;
    }
    branch.set(value.path.at(-1) ?? '', value);
  }
  const lines = (branch: Branch, indent: string): string[] =>
    [...branch].flatMap(([key, value]) =>
      value instanceof Map
        ? [`${indent}${plainKey(key)}:`, ...lines(value, `${indent}  `)]
        : [`${indent}${plainKey(key)}: ${value.fallback ?? '""'}`],
    );
  return lines(root, '')
    .map((each) => `${each}\n`)
    .join('');
}

/** Words that YAML takes for something else than text. */
function plainKey(key: string): string {
  return /^(?:true|false|null|yes|no|on|off|y|n|_+)$/iu.test(key) ? JSON.stringify(key) : key;
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
