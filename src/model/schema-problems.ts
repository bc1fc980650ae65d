import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';

import { kindOf } from './json-value.ts';
import { suggest } from './suggest.ts';

/** A value that a schema does not accept. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  /** What the schema wants, in words. */
  readonly expected: string;
}

/** What a compiled schema has to say about a value, in words; nothing when the value fits. */
export function schemaProblems(validate: ValidateFunction, value: unknown): SchemaProblem[] {
  if (validate(value)) return [];
  // That a condition was not met is said by what it asks for.
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  return errors.map((error) => ({ path: pathOf(error, value), expected: expectation(error) }));
}

function pathOf(error: ErrorObject, root: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  let value = root;
  for (const part of error.instancePath.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown>)[key];
  }
  // What is not known is itself the place, not what it stands in.
  if (error.keyword === 'additionalProperties') path.push(String((error.params as ErrorParams)['additionalProperty']));
  return path;
}

type ErrorParams = { readonly [key: string]: unknown };

function expectation(error: ErrorObject): string {
  const params = error.params as ErrorParams;
  const own = (error.parentSchema as { readonly 'x-expected'?: string } | undefined)?.['x-expected'];
  if (own !== undefined && error.keyword === 'pattern') return `must be ${own}`;
  switch (error.keyword) {
    case 'required':
      return `needs the key "${String(params['missingProperty'])}"`;
    case 'type':
      return `must be ${listOf([params['type']].flat().map((type) => WORDS[String(type)] ?? String(type)))}, not ${kindOf(error.data)}`;
    case 'enum':
      return enumExpectation(params['allowedValues'] as readonly unknown[], error.data);
    case 'additionalProperties':
      return 'is not a known key';
    default:
      return error.message ?? `fails "${error.keyword}"`;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
};

function enumExpectation(allowed: readonly unknown[], data: unknown): string {
  const words = allowed.map(String);
  const nearest = typeof data === 'string' ? suggest(data, words) : undefined;
  const meant = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
  return `must be ${listOf(words)}, not ${shown(data)}${meant}`;
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** A value in JSON, cut where it is long. */
function shown(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 79)}…` : json;
}
