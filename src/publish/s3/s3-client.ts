import type { S3Client } from '@aws-sdk/client-s3';

import { PackyardError } from '../../errors.ts';
import type { Fetch } from '../../remote/http-answer.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { credentialSource } from './credential-source.ts';
import { transportFetch } from '../../client/transport/transport.ts';
import { fetchHandler } from './fetch-handler.ts';
import type { S3Settings, S3Target } from './s3-target.ts';

export type S3Module = typeof import('@aws-sdk/client-s3');

/** The SDK, loaded when it is used first: few commands need it, and it is slow to load. */
export interface OpenedClient {
  readonly sdk: S3Module;
  readonly client: S3Client;
  /** Where the credentials come from, in words. */
  readonly credentials: string;
}

const QUIET = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

/** Looks for credentials before anything else is asked. Rejects with `credentials-unusable` and `usage`. */
export async function openS3Client(target: S3Target, settings: S3Settings): Promise<OpenedClient> {
  const { patience = 60_000 } = target;
  const fetch = target.fetch ?? (await usualFetch());
  const sdk = await import('@aws-sdk/client-s3');
  const client = quietly(
    () =>
      new sdk.S3Client({
        ...(settings.endpoint !== undefined && { endpoint: settings.endpoint }),
        ...(settings.region !== undefined && { region: settings.region }),
        forcePathStyle: settings.pathStyle,
        // Bytes are sent again from here, where it is known how, and every request is counted.
        maxAttempts: 1,
        // Servers that are not Amazon's know the hash of the signature and Content-MD5, not the newer checksums.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        expectContinueHeader: false,
        requestHandler: fetchHandler(fetch, patience),
      }),
  );
  try {
    const found = await client.config.credentials();
    await regionOf(client, settings);
    return { sdk, client, credentials: credentialSource(found, process.env) };
  } catch (error) {
    client.destroy();
    target.signal?.throwIfAborted();
    if (error instanceof PackyardError) throw error;
    throw noCredentials(error, settings);
  }
}

/** Through the proxies that variables name, trusting whom they say as well. */
async function usualFetch(): Promise<Fetch> {
  const { AWS_CA_BUNDLE: bundle = '', PACKYARD_CA_FILE: file = '' } = process.env;
  const caFiles = [bundle, file].filter((each) => each !== '');
  const fetch = await transportFetch({ caFiles, certificates: new Map(), environment: process.env });
  return fetch ?? ((url, options) => globalThis.fetch(url, options));
}

/** Which Node the SDK will want one day is no news for those who publish. */
function quietly<Result>(work: () => Result): Result {
  const before = process.env[QUIET];
  process.env[QUIET] = 'true';
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env[QUIET];
    else process.env[QUIET] = before;
  }
}

async function regionOf(client: S3Client, { location }: S3Settings): Promise<string> {
  try {
    return await client.config.region();
  } catch (error) {
    throw new PackyardError({
      code: 'usage',
      message: `${location} cannot be used: its region is not known.`,
      hint: 'Name it with --region or AWS_REGION.',
      cause: error,
    });
  }
}

function noCredentials(error: unknown, { location }: S3Settings): PackyardError {
  const said = error instanceof Error ? escapeControl(error.message.split('\n', 1)[0] ?? '') : '';
  // What a program of a profile printed could be a secret; what the SDK says of its own is not.
  const known =
    /^(?:The SSO session|Profile [\w.@-]+ (?:is|could|credential_process returned (?:expired|invalid))|Token is expired)/u;
  const why = known.test(said) ? `: ${said.replace(/\.$/u, '')}` : '';
  return new PackyardError({
    code: 'credentials-unusable',
    message: `${location} needs credentials, and none were found${why}.`,
    hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE, or give the runner a role (OIDC).',
    cause: error,
  });
}
