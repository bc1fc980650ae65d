// Makes validators of the schemas, so that no build has to: reading the library and compiling takes longer than all the
// validating. Runs after tsc.
//
//   node schemas/.source/compile.mjs
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

const schemas = new URL('../', import.meta.url);
const validators = new URL('../../dist/model/validators/', import.meta.url);
const SUFFIX = '.schema.json';
/** What a registry serves, or a lock holds, may be hostile and huge: the first thing that is wrong with it is enough. */
const DOCUMENTS = new Set(['index', 'pack-document', 'search', 'sources', 'packyard-lock']);

mkdirSync(validators, { recursive: true });
for (const file of readdirSync(schemas).filter((name) => name.endsWith(SUFFIX))) {
  const bytes = readFileSync(new URL(file, schemas));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const allErrors = !DOCUMENTS.has(file.slice(0, -SUFFIX.length));
  const code = `${validatorOf(JSON.parse(bytes.toString('utf8')), allErrors)}\nexport const schemaSha256 = '${sha256}';\n`;
  writeFileSync(new URL(`${file.slice(0, -SUFFIX.length)}.js`, validators), code);
}

function validatorOf(schema, allErrors) {
  const ajv = new Ajv2020({
    allErrors,
    strict: true,
    allowUnionTypes: true,
    verbose: true,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(['x-expected']);
  // Written for ES modules, but what it needs at run time it asks for as if it were not one.
  const [directive, code] = standalone.default(ajv, ajv.compile(schema)).split(/(?<=^"use strict";)/u);
  // Left out where nothing is asked for: browsers read the documents of a registry too.
  const require = 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);';
  return [directive, ...(code.includes('require(') ? [require] : []), code].join('\n');
}
