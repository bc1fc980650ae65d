/** What the findings of each rule of this group carry. */
export interface SchemaRules {
  'schema/empty': Record<string, never>;
  'schema/invalid-yaml': { reason: string };
  'schema/unknown-path': { path: string; deepest: string; suggestion?: string };
  /** The column counts from 1 within the expression. */
  'schema/bad-expression': { path: string; column: number; reason: string };
  /** The path is empty for the file as a whole. */
  'schema/not-an-entry': { path: string; found: string };
}
