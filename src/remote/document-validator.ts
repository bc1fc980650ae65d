import type { ValidateFunction } from 'ajv/dist/2020.js';

/** Schemas of the documents that a registry consists of. */
export type DocumentSchema = 'index' | 'pack-document' | 'search' | 'sources';

interface Compiled {
  readonly validate: ValidateFunction;
}

/**
 * What `schemas/.source/compile.mjs` made of a document's schema. The paths are written out, so that a bundler finds
 * them; they lead to the same files from `src` and from `dist`.
 */
export async function documentValidator(schema: DocumentSchema): Promise<ValidateFunction> {
  return (await compiled(schema)).validate;
}

function compiled(schema: DocumentSchema): Promise<Compiled> {
  switch (schema) {
    case 'index':
      // @ts-expect-error compiled after types are checked
      return import('../../dist/model/validators/index.js') as Promise<Compiled>;
    case 'pack-document':
      // @ts-expect-error compiled after types are checked
      return import('../../dist/model/validators/pack-document.js') as Promise<Compiled>;
    case 'search':
      // @ts-expect-error compiled after types are checked
      return import('../../dist/model/validators/search.js') as Promise<Compiled>;
    case 'sources':
      // @ts-expect-error compiled after types are checked
      return import('../../dist/model/validators/sources.js') as Promise<Compiled>;
  }
}
