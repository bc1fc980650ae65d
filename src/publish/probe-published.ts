import { PackyardError } from '../errors.ts';
import { compareText } from '../model/compare-text.ts';
import type { Entry } from '../model/entry.ts';
import { inParallel } from '../model/in-parallel.ts';
import { LIMITS } from '../model/limits.ts';
import { httpAnswer, type Fetch } from '../remote/http-answer.ts';
import { httpFiles, type HttpOptions } from '../remote/http-files.ts';
import { INDEX_DOCUMENT } from '../remote/registry-documents.ts';
import { FileProblem, INDEX_PATH } from '../remote/registry-files.ts';
import { registryLocation, shownUrl } from '../remote/registry-location.ts';
import { RequestFailure } from '../remote/request-failure.ts';
import { sha256Of } from '../remote/sha256.ts';
import { pause } from './pause.ts';
import type { WantedRegistry } from './plan-publish.ts';
import type { ProbeProblem, ProbeResult, PublishEvent } from './publish-options.ts';

export interface ProbeContext {
  readonly patience?: number;
  readonly fetch?: Fetch;
  readonly width?: number;
  readonly signal: AbortSignal;
  readonly emit: (event: PublishEvent) => void;
}

const PATIENCE = 60_000;
const WIDTH = 8;

/** Milliseconds between two looks, at most. */
const LONGEST_PAUSE = 5000;

/**
 * Looks at a place as its readers do: at its index, and whether it gives every file that is new, in its size. What a CDN
 * does not give yet is asked for again until `patience` is over. Rejects with `usage` where `url` is no address.
 */
export async function probePublished(
  url: string,
  wanted: WantedRegistry,
  links: readonly Entry[],
  context: ProbeContext,
): Promise<ProbeResult> {
  const { patience = PATIENCE, width = WIDTH, signal, emit } = context;
  const place = readersAddress(url);
  const end = Date.now() + patience;
  const { authorization } = place;
  const credentials: Readonly<Record<string, string>> = authorization === undefined ? {} : { authorization };
  const asked = { base: place.base, credentials, end, signal, fetch: context.fetch ?? ((at, init) => fetch(at, init)) };
  const problems: ProbeProblem[] = [];
  let done = 0;
  await inParallel(links, width, async (link) => {
    const problem = link.path === INDEX_PATH ? undefined : await linkProblem(link, asked);
    if (problem !== undefined) problems.push(problem);
    done += 1;
    emit({ kind: 'probed', done, total: links.length, path: link.path });
  });
  const { index, problem } = await indexState(wanted, asked);
  if (problem !== undefined) problems.push(problem);
  const sorted = problems.toSorted((a, b) => compareText(a.address, b.address));
  return { url: shownUrl(place.base), ok: problems.length === 0, index, links: links.length, problems: sorted };
}

/** Where readers find a place. Throws `usage` where it is no address. */
export function readersAddress(url: string): HttpLocation {
  const place = registryLocation(url);
  if (place.kind === 'http') return place;
  throw new PackyardError({
    code: 'usage',
    message: '--url is no address that begins with https:// or http://.',
    hint: 'It is where readers find the registry: https://packs.example.org/.',
  });
}

type HttpLocation = Extract<ReturnType<typeof registryLocation>, { readonly kind: 'http' }>;

interface Asked {
  readonly base: URL;
  readonly credentials: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly end: number;
  readonly signal: AbortSignal;
}

/** Asks again and again until there is no problem or no time. */
async function persistently<Result extends object>(
  { end, signal }: Asked,
  look: () => Promise<Result>,
  isGood: (result: Result) => boolean,
): Promise<Result> {
  for (let tries = 4; ; tries += 1) {
    const result = await look();
    if (isGood(result) || Date.now() >= end) return result;
    await pause(tries, signal, Math.min(LONGEST_PAUSE, Math.max(0, end - Date.now())));
  }
}

async function linkProblem({ path, size }: Entry, asked: Asked): Promise<ProbeProblem | undefined> {
  const url = new URL(path.split('/').map(encodeURIComponent).join('/'), asked.base);
  const { problem } = await persistently(
    asked,
    async () => ({ problem: await lookAt(url, size, asked) }),
    (result) => result.problem === undefined,
  );
  return problem;
}

async function lookAt(
  url: URL,
  size: number,
  { credentials, fetch, signal }: Asked,
): Promise<ProbeProblem | undefined> {
  const address = shownUrl(url);
  const question = {
    url,
    credentials,
    headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'packyard' },
    patience: 30_000,
    signal,
    onRequest: () => undefined,
  };
  try {
    let { response } = await httpAnswer({
      ...question,
      fetch: (at, options) => fetch(at, { ...options, method: 'HEAD' }),
    });
    // Some hosts know no HEAD.
    if (response.status === 405 || response.status === 501) {
      ({ response } = await httpAnswer({ ...question, fetch }));
      await response.body?.cancel();
    }
    if (response.status !== 200) return { address, message: `is not there: the host answers ${response.status}` };
    const length = response.headers.get('content-length');
    const encoded = response.headers.get('content-encoding') !== null;
    if (length === null || encoded || Number(length) === size) return undefined;
    return { address, message: `has ${length} bytes on the host, and ${size} were published` };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RequestFailure) return { address, message: error.message };
    throw error;
  }
}

interface IndexState {
  readonly index: ProbeResult['index'];
  readonly problem?: ProbeProblem;
}

async function indexState(wanted: WantedRegistry, asked: Asked): Promise<IndexState> {
  const { fetch, signal, credentials, base } = asked;
  const options: HttpOptions = {
    fetch,
    signal,
    headers: credentials,
    retries: { tries: 2, delay: 500, longestDelay: 5000 },
  };
  const files = httpFiles(base, options);
  const address = files.addressOf(INDEX_PATH);
  const look = async (): Promise<IndexState> => {
    try {
      const bytes = await files.read(INDEX_PATH, LIMITS.documents.bytes);
      if ((await sha256Of(bytes)) === wanted.index.sha256) return { index: 'live' };
      const { serial, registry } = await INDEX_DOCUMENT.parse(bytes, address);
      if (registry.name !== wanted.document.registry.name) {
        const message = `is of another registry, ${JSON.stringify(registry.name)}`;
        return { index: 'other', problem: { address, message } };
      }
      return { index: serial > wanted.index.serial ? 'live' : 'behind' };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FileProblem) return { index: 'missing', problem: { address, message: 'is not there' } };
      if (!(error instanceof PackyardError)) throw error;
      const message = error.message.replace(`${address} `, '').replace(/[.]$/u, '');
      return { index: error.code === 'registry-invalid' ? 'other' : 'missing', problem: { address, message } };
    }
  };
  try {
    return await persistently(asked, look, ({ index }) => index === 'live');
  } finally {
    await files.close();
  }
}
