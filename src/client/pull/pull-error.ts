import { PackyardError } from '../../errors.ts';
import type { PullFailure, PullResult } from './pull-plan.ts';

/** Some packs could not be pulled; the others were. Code, message and hint are those of the first failure. */
export class PullError extends PackyardError {
  readonly failures: readonly PullFailure[];
  /** What was pulled all the same. */
  readonly result: PullResult;

  constructor(failures: readonly PullFailure[], result: PullResult) {
    const [first] = failures;
    const error = first?.error;
    const known = error instanceof PackyardError ? error : undefined;
    const more = failures.length > 1 ? ` (and ${failures.length - 1} more could not be pulled)` : '';
    super({
      code: known?.code ?? 'output-unwritable',
      message: `${known?.message ?? String(error)}${more}`,
      ...(known?.hint !== undefined && { hint: known.hint }),
      cause: error,
    });
    this.name = 'PullError';
    this.failures = failures;
    this.result = result;
  }
}
