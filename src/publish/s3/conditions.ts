import type { Condition } from '../store.ts';
import { s3Answer } from './s3-failure.ts';

/** How a write ended; `unsupported` where the server says that it knows no conditions. */
export type PutOutcome = 'written' | 'conflict' | 'unsupported';

/** Headers of a write that has a condition. */
export function conditionHeaders(condition: Condition | undefined): { IfNoneMatch?: string; IfMatch?: string } {
  if (condition === undefined) return {};
  return condition.kind === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
}

/** Whether a condition did not hold: the object is there, is another, or is gone. */
export function isConflict(error: unknown): boolean {
  const answer = s3Answer(error);
  if (answer === undefined) return false;
  return answer.status === 412 || answer.code === 'NoSuchKey' || isBareNotFound(answer);
}

function isBareNotFound({ status, code }: { readonly status: number; readonly code: string }): boolean {
  return status === 404 && code === '';
}

/** Whether a server says that it knows no conditions. */
export function isUnknownCondition(error: unknown): boolean {
  const answer = s3Answer(error);
  if (answer === undefined) return false;
  const { status, code } = answer;
  return (
    status === 501 ||
    code === 'NotImplemented' ||
    (status === 400 && /^(?:InvalidArgument|InvalidRequest|UnsupportedHeader)$/u.test(code))
  );
}
