/** What the findings of each rule of this group carry. */
export interface HistoryRules {
  'history/shallow': Record<string, never>;
}
