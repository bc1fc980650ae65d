/** What the findings of each rule of this group carry. */
export interface PresetsRules {}
