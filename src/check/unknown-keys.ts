import { suggest } from '../model/suggest.ts';

/** A key that a schema does not describe. */
export interface UnknownKey {
  /** Path of the key, itself included. */
  readonly path: readonly (string | number)[];
  readonly key: string;
  readonly suggestion?: string;
}

/** The part of a JSON Schema that says which keys there are. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** Keys of a value, at any depth, that its schema does not describe although it describes others beside them. */
export function* unknownKeys(root: SchemaNode, value: unknown): Generator<UnknownKey> {
  yield* below(root, root, value, []);
}

function* below(
  root: SchemaNode,
  node: SchemaNode | undefined,
  value: unknown,
  path: readonly (string | number)[],
): Generator<UnknownKey> {
  const schema = node?.$ref === undefined ? node : root.$defs?.[node.$ref.replace('#/$defs/', '')];
  if (schema === undefined || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* below(root, schema.items, item, [...path, index]);
    return;
  }
  const { properties } = schema;
  if (properties === undefined) return;
  for (const [key, child] of Object.entries(value)) {
    if (Object.hasOwn(properties, key)) yield* below(root, properties[key], child, [...path, key]);
    else yield unknownKey(key, Object.keys(properties), [...path, key]);
  }
}

function unknownKey(key: string, keys: readonly string[], path: readonly (string | number)[]): UnknownKey {
  const suggestion = suggest(key, keys);
  return { path, key, ...(suggestion !== undefined && { suggestion }) };
}
