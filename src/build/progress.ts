/** How far a build is. */
export interface BuildProgress {
  readonly step: 'packs' | 'write';
  readonly done: number;
  readonly total: number;
  /** What was just done. */
  readonly label: string;
}

export type OnProgress = (progress: BuildProgress) => void;
