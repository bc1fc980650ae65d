import { connectionFailure } from './connection-failure.ts';
import { shownUrl } from './registry-location.ts';
import { RequestFailure } from './request-failure.ts';
import { inTime } from './in-time.ts';
import { IN_BROWSER } from './in-browser.ts';

/** `fetch`, or something like it that goes another way. */
export type Fetch = (url: URL, options: RequestInit) => Promise<Response>;

export interface HttpQuestion {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** What only the origin of `url` is told, whatever it redirects to. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  /** Whether a browser must ask the host, whatever it has in its cache. */
  readonly fresh?: boolean;
  /** Milliseconds until an answer begins. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Called before each request is sent. */
  onRequest(): void;
}

export interface HttpAnswer {
  readonly response: Response;
  readonly loggedIn: boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/** Asks, and follows where that is safe. Rejects with `RequestFailure`, whatever the status of the answer is not. */
export async function httpAnswer(question: HttpQuestion): Promise<HttpAnswer> {
  let { url } = question;
  let credentials = question.credentials;
  for (let redirects = 0; ; redirects += 1) {
    const response = await redirectedTo(question.url, url, () => ask(question, url, credentials));
    if (!REDIRECTS.has(response.status)) return { response, loggedIn: Object.keys(credentials).length > 0 };
    await response.body?.cancel();
    const next = nextUrl(response.headers.get('location'), url);
    if (redirects === MOST_REDIRECTS) {
      throw new RequestFailure({
        message: `redirects more than ${MOST_REDIRECTS} times, at last to ${shownUrl(next)}`,
        hint: 'Check that the address is that of a registry.',
      });
    }
    // Not given again to an origin that another one leads back to.
    if (next.origin !== url.origin) credentials = {};
    url = next;
  }
}

async function ask(
  { headers, fetch, patience, fresh = false, signal, onRequest }: HttpQuestion,
  url: URL,
  credentials: Readonly<Record<string, string>>,
): Promise<Response> {
  onRequest();
  const options: RequestInit = {
    headers: { ...headers, ...credentials },
    redirect: redirectMode(credentials),
    ...(IN_BROWSER && fresh && { cache: 'no-cache' }),
    signal,
  };
  let answer: Response | undefined;
  try {
    answer = await inTime(fetch(url, options), patience);
  } catch (error) {
    signal.throwIfAborted();
    throw connectionFailure(error);
  }
  if (answer !== undefined) return answer;
  throw new RequestFailure({
    message: `does not answer within ${patience / 1000} s`,
    hint: 'Check the address and the network, or try again later.',
    again: true,
  });
}

/** A browser does not say where a redirect leads, and leaves out only the one header that it knows to be a secret. */
function redirectMode(credentials: Readonly<Record<string, string>>): NonNullable<RequestInit['redirect']> {
  if (!IN_BROWSER) return 'manual';
  return Object.keys(credentials).every((name) => name.toLowerCase() === 'authorization') ? 'follow' : 'error';
}

function nextUrl(location: string | null, from: URL): URL {
  const next = location !== null && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (next === undefined) {
    throw new RequestFailure({
      message: 'redirects to no valid address',
      hint: 'Check that the address is that of a registry.',
    });
  }
  next.username = '';
  next.password = '';
  next.hash = '';
  const plain = next.protocol === 'http:';
  if (next.protocol === 'https:' || (plain && from.protocol === 'http:')) return next;
  throw new RequestFailure({
    code: 'registry-untrusted',
    message: plain
      ? `redirects to ${shownUrl(next)}, where nothing protects it on its way`
      : `redirects to an address that begins with ${next.protocol}`,
    hint: 'A login page may stand in between; else let the host redirect to https:// only. It was not followed.',
  });
}

/** Names the address that a failure is about, where it is not the one that was asked first. */
async function redirectedTo<Result>(first: URL, url: URL, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RequestFailure) || url === first) throw error;
    const { code, message, hint, again, after, cause } = error;
    throw new RequestFailure({
      code,
      message: `(redirected to ${shownUrl(url)}) ${message}`,
      hint,
      again,
      after,
      cause,
    });
  }
}
