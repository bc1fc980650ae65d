import type { ErrorCode } from '../../errors.ts';
import { connectionFailure } from '../../remote/connection-failure.ts';
import { RequestFailure } from '../../remote/request-failure.ts';
import { statusFailure } from '../../remote/status-failure.ts';

/** What an answer that is no success says. */
export interface S3Answer {
  readonly status: number;
  /** `NoSuchKey`, `AccessDenied`, …; empty where the answer names none, as that to HEAD does. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface S3Context {
  readonly bucket: string;
  /** What was tried, after "may not be": `written`, `read`, `listed`, `removed`. */
  readonly verb: string;
  /** In words. */
  readonly credentials: string;
}

/** The answer that an error of the SDK stands for; undefined where there was none. */
export function s3Answer(error: unknown): S3Answer | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { httpStatusCode: status } = (error.$metadata ?? {}) as { httpStatusCode?: number };
  if (status === undefined) return undefined;
  const { headers = {} } = ('$response' in error ? error.$response : {}) as { headers?: Record<string, string> };
  const code = /^[A-Za-z][A-Za-z0-9.]{2,63}$/u.test(error.name) && !MEANINGLESS.has(error.name) ? error.name : '';
  return { status, code, headers };
}

/** What the SDK calls an error whose answer names none. */
const MEANINGLESS = new Set(['Error', 'UnknownError', 'Unknown', 'S3ServiceException', 'NotFound', 'SyntaxError']);

interface Meaning {
  readonly code?: ErrorCode;
  readonly message: (context: S3Context, answer: S3Answer) => string;
  readonly hint: (context: S3Context, answer: S3Answer) => string;
}

const EXPIRED: Meaning = {
  code: 'registry-denied',
  message: () => 'refuses the credentials: they have expired',
  hint: ({ credentials }) =>
    `They come from ${credentials}. Get new ones, and publish again: what is there already is not sent again.`,
};

const UNKNOWN_KEY: Meaning = {
  code: 'registry-denied',
  message: () => 'refuses the credentials: it does not know them',
  hint: ({ credentials }) => `They come from ${credentials}. Check that they are for this server and were not removed.`,
};

const WRONG_SECRET: Meaning = {
  code: 'registry-denied',
  message: () => 'refuses the credentials: the secret does not fit the key',
  hint: ({ credentials }) =>
    `They come from ${credentials}. Check the secret, and that nothing in between changes requests.`,
};

const DENIED: Meaning = {
  code: 'registry-denied',
  message: ({ verb }) => `may not be ${verb}`,
  hint: ({ bucket, credentials }) =>
    `The credentials come from ${credentials}. They need s3:ListBucket on the bucket ${bucket}, and s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload on its objects.`,
};

const WRONG_REGION: Meaning = {
  code: 'usage',
  message: ({ bucket }) => `cannot be used: the bucket ${bucket} is in another region`,
  hint: (_, { headers }) => {
    const region = headers['x-amz-bucket-region'] ?? '';
    const named = /^[a-z0-9-]{2,40}$/u.test(region) ? region : undefined;
    return named === undefined
      ? "Name the bucket's region with --region or AWS_REGION."
      : `It is in ${named}: say so with --region ${named} or AWS_REGION=${named}.`;
  },
};

const NO_BUCKET: Meaning = {
  code: 'registry-not-found',
  message: ({ bucket }) => `cannot be used: there is no bucket ${bucket}`,
  hint: () => 'Check its name and the endpoint, or make it first: nothing here makes buckets.',
};

const FULL: Meaning = {
  code: 'no-space',
  message: () => 'cannot be written: the server has no space left',
  hint: () => 'Make room there, or raise the quota, and publish again: what is there already is not sent again.',
};

const WRONG_CLOCK: Meaning = {
  code: 'registry-denied',
  message: () => "refuses the request: this machine's clock and that of the server differ too much",
  hint: () => 'Set the clock.',
};

/** Source: "Error responses" of the Amazon S3 API reference; the names that MinIO, R2 and versitygw add. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  RequestExpired: EXPIRED,
  InvalidAccessKeyId: UNKNOWN_KEY,
  InvalidClientTokenId: UNKNOWN_KEY,
  UnrecognizedClientException: UNKNOWN_KEY,
  InvalidToken: UNKNOWN_KEY,
  Unauthorized: UNKNOWN_KEY,
  XAdminUserNotFound: UNKNOWN_KEY,
  SignatureDoesNotMatch: WRONG_SECRET,
  AccessDenied: DENIED,
  AllAccessDisabled: DENIED,
  AccountProblem: DENIED,
  NoSuchBucket: NO_BUCKET,
  PermanentRedirect: WRONG_REGION,
  AuthorizationHeaderMalformed: WRONG_REGION,
  IllegalLocationConstraintException: WRONG_REGION,
  RequestTimeTooSkewed: WRONG_CLOCK,
  QuotaExceeded: FULL,
  XMinioStorageFull: FULL,
  XMinioAdminBucketQuotaExceeded: FULL,
};

const NO_S3 = 'Check that the endpoint is that of a server which speaks S3.';

/** Statuses and names of what may go well the next time. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
const PASSING_CODES = new Set([
  'RequestTimeout',
  'SlowDown',
  'SlowDownRead',
  'SlowDownWrite',
  'Throttling',
  'ThrottlingException',
  'TooManyRequests',
  'InternalError',
  'ServiceUnavailable',
  'OperationAborted',
  // Somebody is writing the same object now; afterwards it is known who was faster.
  'ConditionalRequestConflict',
  'BadDigest',
  'IncompleteBody',
  'XAmzContentSHA256Mismatch',
]);

/** What an error of the SDK means for one object, or the bucket. */
export function s3Failure(error: unknown, context: S3Context): RequestFailure {
  const answer = s3Answer(error);
  if (answer === undefined) return connectionFailure(error);
  const { status, code, headers } = answer;
  const shown = code === '' ? String(status) : `${status} ${code}`;
  const meaning = MEANINGS[code] ?? byStatus(status);
  if (meaning !== undefined) {
    return new RequestFailure({
      ...(meaning.code !== undefined && { code: meaning.code }),
      message: `${meaning.message(context, answer)} (${shown})`,
      hint: meaning.hint(context, answer),
      cause: error,
    });
  }
  if (status < 300) {
    return new RequestFailure({
      message: `cannot be ${context.verb}: the answer is none of S3`,
      hint: NO_S3,
      cause: error,
    });
  }
  const again = PASSING.has(status) || PASSING_CODES.has(code);
  return new RequestFailure({
    message: `cannot be ${context.verb}${again ? ' now' : ''}: the server answers ${shown}`,
    hint: again ? 'Publish again later: what is there already is not sent again.' : NO_S3,
    again,
    after: statusFailure(503, headers['retry-after'] ?? null, { loggedIn: true }).after,
    cause: error,
  });
}

function byStatus(status: number): Meaning | undefined {
  if (status === 401) return UNKNOWN_KEY;
  if (status === 403) return DENIED;
  if (status === 301) return WRONG_REGION;
  return status === 507 ? FULL : undefined;
}
