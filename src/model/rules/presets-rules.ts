/** What the findings of each rule of this group carry. */
export interface PresetsRules {
  'presets/empty': Record<string, never>;
  'presets/invalid-yaml': { reason: string };
  'presets/shape': { what: 'no list' | 'no mapping' | 'no name' | 'no list of paths'; found: string };
  'presets/duplicate-name': { name: string; firstLine: number };
  'presets/bad-add': { name: string; reason: string };
  'presets/unknown-remove': { name: string; path: string; deepest: string };
}
