export interface SchemaArgs {
  /** JSON Pointer of the value that is wrong. */
  pointer: string;
  /** What the schema wants, in words. */
  expected: string;
}

export interface UnknownKeyArgs {
  key: string;
  suggestion?: string;
}

export interface LimitArgs {
  limit: number;
}

export interface MissingArgs {
  path: string;
  suggestion?: string;
}
