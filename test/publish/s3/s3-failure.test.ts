import { expect, test } from 'vitest';

import { credentialSource } from '../../../src/publish/s3/credential-source.ts';
import { s3Failure } from '../../../src/publish/s3/s3-failure.ts';

const CONTEXT = { bucket: 'registry', verb: 'written', credentials: 'the profile work' };

function refusal(status: number, name: string, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error('What a server says is not shown.'), {
    name,
    $metadata: { httpStatusCode: status },
    $response: { headers },
  });
}

/** Whole, as it follows the name of an object. */
test.each([
  [400, 'ExpiredToken', 'refuses the credentials: they have expired (400 ExpiredToken)'],
  [400, 'TokenRefreshRequired', 'refuses the credentials: they have expired (400 TokenRefreshRequired)'],
  [403, 'RequestExpired', 'refuses the credentials: they have expired (403 RequestExpired)'],
  [403, 'InvalidAccessKeyId', 'refuses the credentials: it does not know them (403 InvalidAccessKeyId)'],
  [400, 'InvalidToken', 'refuses the credentials: it does not know them (400 InvalidToken)'],
  [401, 'Unauthorized', 'refuses the credentials: it does not know them (401 Unauthorized)'],
  [401, 'UnknownError', 'refuses the credentials: it does not know them (401)'],
  [
    403,
    'SignatureDoesNotMatch',
    'refuses the credentials: the secret does not fit the key (403 SignatureDoesNotMatch)',
  ],
  [403, 'AllAccessDisabled', 'may not be written (403 AllAccessDisabled)'],
  [403, 'UnknownError', 'may not be written (403)'],
  [403, 'evil \u001b[2J', 'may not be written (403)'],
  [404, 'NoSuchBucket', 'cannot be used: there is no bucket registry (404 NoSuchBucket)'],
  [301, 'UnknownError', 'cannot be used: the bucket registry is in another region (301)'],
  [
    400,
    'AuthorizationHeaderMalformed',
    'cannot be used: the bucket registry is in another region (400 AuthorizationHeaderMalformed)',
  ],
  [
    403,
    'RequestTimeTooSkewed',
    "refuses the request: this machine's clock and that of the server differ too much (403 RequestTimeTooSkewed)",
  ],
  [403, 'QuotaExceeded', 'cannot be written: the server has no space left (403 QuotaExceeded)'],
  [507, 'UnknownError', 'cannot be written: the server has no space left (507)'],
  [404, 'NotFound', 'cannot be written: the server answers 404'],
  [503, 'SlowDown', 'cannot be written now: the server answers 503 SlowDown'],
  [400, 'BadDigest', 'cannot be written now: the server answers 400 BadDigest'],
])('%d %s: %s', (status, name, message) => {
  const failure = s3Failure(refusal(status, name), CONTEXT);
  expect(failure.message).toBe(message);
  expect(failure.hint).toMatch(/\.$/u);
  expect(failure.again).toBe(message.includes(' now: '));
});

test('a region is named only where it can be one', () => {
  const hintFor = (region: string): string =>
    s3Failure(refusal(400, 'AuthorizationHeaderMalformed', { 'x-amz-bucket-region': region }), CONTEXT).hint;
  expect(hintFor('eu-west-3')).toBe('It is in eu-west-3: say so with --region eu-west-3 or AWS_REGION=eu-west-3.');
  expect(hintFor('$(evil)')).toBe("Name the bucket's region with --region or AWS_REGION.");
});

test('a clock that is wrong is to be set', () => {
  expect(s3Failure(refusal(403, 'RequestTimeTooSkewed'), CONTEXT).hint).toBe('Set the clock.');
});

test('keys that nobody knows are named by where they come from', () => {
  expect(s3Failure(refusal(403, 'InvalidAccessKeyId'), CONTEXT).hint).toBe(
    'They come from the profile work. Check that they are for this server and were not removed.',
  );
});

test('what got no answer is a matter of the connection', () => {
  const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
  const { message, again } = s3Failure(new TypeError('fetch failed', { cause: refused }), CONTEXT);
  expect([message, again]).toEqual(['cannot be reached: the connection was refused (ECONNREFUSED)', false]);
});

test.each([
  [{ $source: { CREDENTIALS_PROFILE: 'n', CREDENTIALS_PROFILE_SSO: 'r' } }, 'the single sign-on of the profile work'],
  [{ $source: { CREDENTIALS_ENV_VARS: 'g' } }, 'the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'],
  [
    { $source: { CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN: 'h', CREDENTIALS_STS_ASSUME_ROLE_WEB_ID: 'k' } },
    'the web identity token that AWS_WEB_IDENTITY_TOKEN_FILE names',
  ],
  [{ $source: { CREDENTIALS_IMDS: '0' } }, 'the metadata service of this machine'],
  [{ $source: { CREDENTIALS_NEWER: '?' } }, 'the default chain of the AWS SDK'],
  [{}, 'the default chain of the AWS SDK'],
])('the source of %j is %s', (found, source) => {
  expect(credentialSource(found, { AWS_PROFILE: 'work' })).toBe(source);
});

test('a profile is named only where that can be its name', () => {
  const found = { $source: { CREDENTIALS_PROFILE: 'n' } };
  expect(credentialSource(found, { AWS_PROFILE: '\u001b[2J' })).toBe('the profile');
  expect(credentialSource(found, {})).toBe('the profile');
});
