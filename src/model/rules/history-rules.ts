/** What the findings of each rule of this group carry. */
export interface HistoryRules {
  /**
   * `landings` is of how many releases it is unknown when they first landed; absent where nobody counted. `all` where
   * the registry is to hold every release of the history.
   */
  'history/shallow': { landings?: number; history?: 'all' };
  /** `changes` are the first of the commits that changed it; `more` is how many others there are. */
  'history/changed-release': { name: string; version: string; changes: HistoricChangeArgs[]; more: number };
  /**
   * `rule` and `reason` are the first error of the directory as it was; name and version are absent where its `pack.json`
   * says none. `lost` where no other content of the release was valid.
   */
  'history/skipped-release': {
    name?: string;
    version?: string;
    directory: string;
    commit: string;
    at: string;
    rule?: string;
    reason?: string;
    lost: boolean;
  };
}

/** A commit, when it was made, and what it did to files, as `changed values.yaml`; `more` is how many others there are. */
export interface HistoricChangeArgs {
  commit: string;
  at: string;
  files: string[];
  more: number;
}
