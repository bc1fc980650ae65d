import { isMapping } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { parseYaml } from '../../pack/yaml-document.ts';

/** A value that whoever installs a pack may change. */
export interface Parameter {
  /** Keys joined by dots, from the root of `values.yaml`. */
  readonly key: string;
  /** The comment above it, in one line; empty where there is none. */
  readonly comment: string;
  /** As JSON on one line; empty for one that holds more than fits. */
  readonly value: string;
}

const LONGEST_VALUE = 60;
const LONGEST_COMMENT = 160;
/** Of chart values, which can be many, those on the first levels are shown. */
const DEPTH = 5;
/** What is said elsewhere, or is nobody's to change. */
const PACK_KEYS = new Set(['content', 'namespace', 'spectrocloud.com/install-priority']);

/**
 * The values of a `values.yaml` that hold one thing, in its order: at most so many. `more` tells how many are left out.
 */
export function parametersOf(text: string, most: number): { readonly parameters: Parameter[]; readonly more: number } {
  const parsed = parseYaml(text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  if (!('document' in parsed)) return { parameters: [], more: 0 };
  const { value, place } = parsed.document;
  const found = [...leaves(value, [])];
  const lines = text.split('\n');
  const parameters = found.slice(0, most).map((leaf) => ({
    key: leaf.path.join('.'),
    comment: commentAbove(lines, place(leaf.path, 'key').line),
    value: leaf.value,
  }));
  return { parameters, more: found.length - parameters.length };
}

function* leaves(value: unknown, path: readonly string[]): Generator<{ path: readonly string[]; value: string }> {
  if (!isMapping(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (path.length === 1 && path[0] === 'pack' && PACK_KEYS.has(key)) continue;
    if (path.length === 0 && isMapping(child) && Object.keys(child).length === 0) continue;
    const own = [...path, key];
    if (isMapping(child) && Object.keys(child).length > 0 && own.length < DEPTH) yield* leaves(child, own);
    else yield { path: own, value: shown(child) };
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined || text.length > LONGEST_VALUE ? '' : text;
}

/** Signs of documentation tools, and lines that are values turned off, are no prose. */
function commentAbove(lines: readonly string[], line: number): string {
  const comments: string[] = [];
  for (let index = line - 2; index >= 0 && comments.length < 6; index -= 1) {
    const comment = /^\s*#+\s?(?<text>.*)$/u.exec(lines[index] ?? '')?.groups?.['text'];
    if (comment === undefined) break;
    comments.unshift(comment);
  }
  const prose = comments
    .map((comment) => comment.replace(/^(?:--|@param\s+\S+|@default.*)\s*/u, '').trim())
    .filter((comment) => !/^(?:@|[a-z][-\w.]*:(?:\s|$)|-\s|[#=*-]{3,}|[{}[\]])/u.test(comment))
    .join(' ')
    .trim();
  const sentence = /^.*?[.!?](?=\s|$)/u.exec(prose)?.[0] ?? prose;
  return sentence.length > LONGEST_COMMENT ? '' : sentence;
}
