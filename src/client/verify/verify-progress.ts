/** How far a verification is. */
export interface VerifyProgress {
  /** Releases, as far as they are known; files where one pack is compared. */
  readonly done: number;
  readonly total: number;
  /** What was verified last. */
  readonly label: string;
  /** Read so far. */
  readonly bytes: number;
}
