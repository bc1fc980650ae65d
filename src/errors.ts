/** Every way in which an operation can fail, as opposed to a finding about what was read. */
export type ErrorCode =
  | 'git-missing'
  | 'git-failed'
  | 'no-repository'
  | 'no-commit'
  | 'no-work-tree'
  | 'unknown-revision'
  | 'repository-changed'
  | 'config-invalid'
  | 'baseline-invalid'
  | 'unknown-rule'
  | 'unknown-release'
  | 'status-invalid'
  | 'file-too-large'
  | 'no-packs'
  | 'too-many-directories'
  | 'cache-corrupt'
  | 'cache-unusable'
  | 'output-foreign'
  | 'output-busy'
  | 'output-unwritable'
  | 'no-space'
  | 'registry-not-found'
  | 'registry-denied'
  | 'registry-unreachable'
  | 'registry-untrusted'
  | 'registry-invalid'
  | 'registry-damaged'
  | 'registry-changed'
  | 'registry-offline'
  | 'registry-unknown'
  | 'rollback'
  | 'unknown-pack'
  | 'no-version'
  | 'yanked'
  | 'version-exists'
  | 'branch-taken'
  | 'pack-refused'
  | 'local-changes'
  | 'site-too-large'
  | 'unknown-serial'
  | 'archive-refused'
  | 'chart-invalid'
  | 'settings-invalid'
  | 'project-invalid'
  | 'lock-invalid'
  | 'lock-outdated'
  | 'credentials-unusable'
  | 'address-unusable'
  | 'cancelled'
  | 'usage';

export interface PackyardErrorOptions<Code extends ErrorCode> {
  readonly code: Code;
  /** What happened to what. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The one error class of the library; `code` says which failure it is. */
export class PackyardError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly hint: string | undefined;

  constructor(options: PackyardErrorOptions<Code>) {
    super(options.message, { cause: options.cause });
    this.name = 'PackyardError';
    this.code = options.code;
    this.hint = options.hint;
  }
}

/** The `code` of a Node system error (`ENOENT`, `ENOSPC`, …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
