import { matchesAll, STAR, type Work } from './greedy-match.ts';
import { parseClass, type Bytes } from './ignore-class.ts';

/** One name of a path: a byte, one of several bytes, or a star for any number of them. */
export type NamePattern = readonly (number | Bytes | typeof STAR)[];

/** Names from the root down; here a star is any number of directories. */
export type PathPattern = readonly (NamePattern | typeof STAR)[];

const ANY_BYTE: Bytes = new Uint8Array(256).fill(1);
const ANY_NAME: NamePattern = [STAR];

/** Reads the names of a pattern; undefined when it can match nothing, as with a `[` that is not closed. */
export function parseNames(text: string): NamePattern[] | undefined {
  let name: NamePattern[number][] = [];
  const names = [name];
  for (let at = 0; at < text.length; at += 1) {
    const escaped = text[at] === '\\';
    if (escaped) at += 1;
    const character = text[at];
    if (character === undefined) return undefined;
    if (character === '/') names.push((name = []));
    else if (escaped) name.push(text.charCodeAt(at));
    else if (character === '*') name.push(STAR);
    else if (character === '?') name.push(ANY_BYTE);
    else if (character === '[') {
      const parsed = parseClass(text, at);
      if (parsed === undefined) return undefined;
      name.push(parsed.bytes);
      at = parsed.end - 1;
    } else name.push(text.charCodeAt(at));
  }
  return names;
}

/** Names in which `**` are directories: any number of them, but in last place at least one name. */
export function pathPattern(names: readonly NamePattern[]): PathPattern {
  const path = names.map((name) => (name.length > 1 && name.every((token) => token === STAR) ? STAR : name));
  return path.at(-1) === STAR ? [...path, ANY_NAME] : path;
}

/** The name itself when nothing in a pattern stands for anything else. */
export function literalName(pattern: NamePattern): string | undefined {
  const bytes = pattern.filter((token) => typeof token === 'number');
  return bytes.length === pattern.length ? Buffer.from(bytes).toString('latin1') : undefined;
}

/** The path itself, with `/` before each of its names, when nothing in a pattern stands for anything else. */
export function literalPath(pattern: PathPattern): string | undefined {
  let path = '';
  for (const part of pattern) {
    const name = part === STAR ? undefined : literalName(part);
    if (name === undefined) return undefined;
    path += `/${name}`;
  }
  return path;
}

export function matchesName(pattern: NamePattern, name: string, work: Work): boolean {
  // Most names are ruled out by their first byte or their last, which is where patterns such as `*.orig` are not a star.
  if (!mayStand(pattern[0], name, 0) || !mayStand(pattern.at(-1), name, name.length - 1)) return false;
  return matchesAll(pattern, name.length, (token, index) => fits(token, name, index), work);
}

function mayStand(token: NamePattern[number] | undefined, name: string, index: number): boolean {
  return token === undefined || token === STAR || fits(token, name, index);
}

function fits(token: number | Bytes, name: string, index: number): boolean {
  const byte = name.charCodeAt(index);
  return typeof token === 'number' ? token === byte : token[byte] === 1;
}

export function matchesPath(pattern: PathPattern, names: readonly string[], work: Work): boolean {
  return matchesAll(pattern, names.length, (name, index) => matchesName(name, names[index] ?? '', work), work);
}
