/** What the findings of each rule of this group carry. */
export interface ReadmeRules {
  'readme/missing': Record<string, never>;
  'readme/empty': Record<string, never>;
  'readme/broken-link': { target: string; outside: boolean; suggestion?: string };
}
