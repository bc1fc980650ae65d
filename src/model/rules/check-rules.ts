/** What the findings of each rule of this group carry. */
export interface CheckRules {
  /** `rule` is the first that the comment names. */
  'check/no-reason': { rule: string };
  /** `late` where the comment is for a whole file, but does not stand among its first lines. */
  'check/unused-suppression': { rule: string; late?: { limit: number } };
  /** `rule` is empty where the comment names none at all. */
  'check/unknown-rule': { rule: string; suggestion?: string };
}
