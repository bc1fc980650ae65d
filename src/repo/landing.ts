/** When and where something became part of the branch. */
export interface Landing {
  readonly commit: string;
  /** RFC 3339, in UTC, to the second. */
  readonly at: string;
}
