import { createHash } from 'node:crypto';

import type { ValidateFunction } from 'ajv/dist/2020.js';

import { schemaProblems, type SchemaProblem } from '../model/schema-problems.ts';
import { readSchema, type SchemaName } from './schema-files.ts';
import { unknownKeys, type SchemaNode, type UnknownKey } from './unknown-keys.ts';

export interface SchemaValidator {
  /** None when the value fits. */
  problems(value: unknown): SchemaProblem[];
  /** Keys, at any depth, that the schema does not describe. */
  unknownKeys(value: unknown): Iterable<UnknownKey>;
}

const validators = new Map<SchemaName, Promise<SchemaValidator>>();

/** The validator of a schema, loaded on first use. */
export function schemaValidator(name: SchemaName): Promise<SchemaValidator> {
  const validator = validators.get(name) ?? load(name);
  validators.set(name, validator);
  return validator;
}

/** What `schemas/.source/compile.mjs` makes of a schema. */
interface CompiledSchema {
  readonly validate: ValidateFunction;
  readonly schemaSha256: string;
}

async function load(name: SchemaName): Promise<SchemaValidator> {
  const file = new URL(`../../dist/model/validators/${name}.js`, import.meta.url).href;
  const [bytes, { validate, schemaSha256 }] = await Promise.all([
    readSchema(name),
    import(file) as Promise<CompiledSchema>,
  ]);
  if (createHash('sha256').update(bytes).digest('hex') !== schemaSha256) {
    throw new Error(`schemas/${name}.schema.json changed since it was compiled: run \`npm run compile\``);
  }
  const schema = JSON.parse(bytes.toString('utf8')) as SchemaNode;
  return {
    problems: (value) => schemaProblems(validate, value),
    unknownKeys: (value) => unknownKeys(schema, value),
  };
}
