import { expect } from 'vitest';

import { PackyardError, type ErrorCode } from '../../src/errors.ts';

/** What a `PackyardError` says to people and programs. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}

/** Waits for a promise that must reject with a `PackyardError`, and gives that error's parts. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => expect.fail('it did not reject'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof PackyardError)) throw error;
  return { code: error.code, message: error.message, hint: error.hint };
}
