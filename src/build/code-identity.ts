import { readFileSync } from 'node:fs';

import { sha256 } from '../model/content.ts';

let identity: string | undefined;

/**
 * What the installed Packyard is: its `package.json`, with its version and those of its dependencies, and the schemas
 * that decide what is accepted. What another Packyard recorded is not taken for what this one would find.
 */
export function codeIdentity(): string {
  identity ??= sha256(FILES.map((file) => sha256(readFileSync(new URL(`../../${file}`, import.meta.url)))).join('\n'));
  return identity;
}

const FILES = [
  'package.json',
  'schemas/pack.schema.json',
  'schemas/registry.schema.json',
  'schemas/status.schema.json',
  'schemas/values-pack.schema.json',
];
