import { PackyardError } from '../../errors.ts';
import type { Fetch } from '../../remote/http-answer.ts';
import type { RetryPolicy } from '../../remote/retries.ts';
import type { S3Location } from './s3-location.ts';

/** A bucket, and how it is reached. What is not given comes from the usual variables and the profile. */
export interface S3Target extends S3Location {
  /** Address of a server that is not Amazon's: `https://ACCOUNT.r2.cloudflarestorage.com`, `http://localhost:9000`. */
  readonly endpoint?: string;
  readonly region?: string;
  /** Whether the bucket stands in the path and not in the host name; so unless told where there is an endpoint. */
  readonly pathStyle?: boolean;
  readonly fetch?: Fetch;
  /** Milliseconds that an answer may take, besides the time for what is sent; 60,000 unless told. */
  readonly patience?: number;
  readonly retries?: RetryPolicy;
  readonly signal?: AbortSignal;
}

/** What is known of a target before anything is asked. */
export interface S3Settings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly pathStyle: boolean;
  /** For messages: `s3://bucket/prefix`, and the host where it is not Amazon's. */
  readonly location: string;
}

/** A region of servers that have none. */
const ANY_REGION = 'us-east-1';

/** Throws `usage`. */
export function s3Settings(target: S3Target): S3Settings {
  const environment = process.env;
  const named =
    target.endpoint ?? filled(environment['AWS_ENDPOINT_URL_S3']) ?? filled(environment['AWS_ENDPOINT_URL']);
  const endpoint = named === undefined ? undefined : endpointOf(named);
  const region =
    target.region ??
    filled(environment['AWS_REGION']) ??
    filled(environment['AWS_DEFAULT_REGION']) ??
    regionAt(endpoint);
  if (region !== undefined && !/^[A-Za-z0-9-]{1,63}$/u.test(region)) {
    throw usage(
      'The name of the region holds something else than letters, digits and hyphens.',
      'Write it as eu-west-1.',
    );
  }
  const foreign = endpoint !== undefined && !endpoint.hostname.endsWith('.amazonaws.com');
  const at = endpoint === undefined ? '' : ` at ${endpoint.host}`;
  return {
    ...(endpoint !== undefined && { endpoint: endpoint.href }),
    ...(region !== undefined && { region }),
    pathStyle: target.pathStyle ?? foreign,
    location: `s3://${[target.bucket, target.prefix].filter((part) => part !== '').join('/')}${at}`,
  };
}

function regionAt(endpoint: URL | undefined): string | undefined {
  if (endpoint === undefined) return undefined;
  return /(?:^|\.)s3[.-]([a-z]{2}-[a-z-]+-\d)\.amazonaws\.com$/u.exec(endpoint.hostname)?.[1] ?? ANY_REGION;
}

/** No message shows it: it could hold credentials. */
function endpointOf(text: string): URL {
  const hint = 'Write it as https://HOST or http://HOST:PORT, in --endpoint or AWS_ENDPOINT_URL_S3.';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw usage('The endpoint is no address that begins with https:// or http://.', hint);
  }
  if (url.username !== '' || url.password !== '') {
    throw usage(
      'The address of the endpoint holds credentials.',
      'Put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or into a profile that AWS_PROFILE names.',
    );
  }
  if (url.search !== '' || url.hash !== '') throw usage('The address of the endpoint holds a "?" or "#".', hint);
  return url;
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
