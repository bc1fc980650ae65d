import type { ValidateFunction } from 'ajv/dist/2020.js';

/** What `schemas/.source/compile.mjs` made of the schema of `packyard.lock`; its path leads to the same file from `dist`. */
export async function lockValidator(): Promise<ValidateFunction> {
  // @ts-expect-error compiled after types are checked
  const compiled = (await import('../../../dist/model/validators/packyard-lock.js')) as { validate: ValidateFunction };
  return compiled.validate;
}
