/** What a finding may tell of a secret: never more than its first four characters. */
export interface SecretArgs {
  /** What it is, with its article. */
  kind: string;
  start: string;
  length: number;
  /** Path inside the archive that is the finding's file. */
  inside?: string;
}

/** What the findings of each rule of this group carry. */
export interface SecretsRules {
  'secrets/private-key': { kind: string; length: number; inside?: string };
  'secrets/cloud-key': SecretArgs;
  'secrets/token': SecretArgs;
  'secrets/high-entropy': { key: string; start: string; length: number; inside?: string };
}
