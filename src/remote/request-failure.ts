import { PackyardError, type ErrorCode } from '../errors.ts';

/** Why one try to fetch a file failed, before it is known whether there will be another. */
export class RequestFailure extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  /** Whether the same request may have another outcome. */
  readonly again: boolean;
  /** Milliseconds that the host asks to wait for. */
  readonly after: number | undefined;

  /** `message` is what follows the file's address in a sentence. */
  constructor(options: {
    readonly code?: ErrorCode;
    readonly message: string;
    readonly hint: string;
    readonly again?: boolean;
    readonly after?: number | undefined;
    readonly cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'RequestFailure';
    this.code = options.code ?? 'registry-unreachable';
    this.hint = options.hint;
    this.again = options.again ?? false;
    this.after = options.after;
  }
}

/** A failure after the last try. */
export function finalError(failure: RequestFailure, address: string, tries: number): PackyardError {
  const { code, message, hint, cause } = failure;
  const often = tries === 1 ? '' : `, in each of ${tries} tries`;
  return new PackyardError({ code, message: `${address} ${message}${often}.`, hint, cause });
}
