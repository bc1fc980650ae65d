import { PackyardError } from '../errors.ts';
import { FileProblem, type RegistryFiles } from '../remote/registry-files.ts';
import { openRegistryFiles } from '../remote/open-registry-files.ts';
import type { HttpOptions } from '../remote/http-files.ts';
import type { OpenRegistryOptions } from './open-registry-options.ts';
import type { ClientWarning } from './registry.ts';

/** One of the places that a registry is read from: its own address, or a mirror. */
export interface Place {
  readonly files: RegistryFiles;
  /** False for a directory, which is asked as often as one likes. */
  readonly remote: boolean;
}

/** A file that a place has, but not as it was published. */
export class WrongBytes extends Error {}

/** The places of a registry, in the order in which they are asked. */
export interface Places {
  /** The registry's own address. */
  readonly first: Place;
  readonly all: readonly Place[];
  /**
   * What the first place has for it. A place that fails is reported, and asked last from then on. When all fail, rejects
   * with what the registry's own address said.
   */
  inTurn<Result>(work: (place: Place) => Promise<Result>): Promise<Result>;
}

const LOGIN_HINT = 'Log in with "packyard login", or give credentials in "headers" where a program asks.';

/** Nothing is asked of a host yet. Rejects as `openRegistryFiles` does. */
export async function openPlaces(location: string, options: OpenRegistryOptions): Promise<Places> {
  const { mirrors = [], mirrorHeaders = {}, headers, onWarning } = options;
  const first = await openRegistryFiles(location, httpOptions(options, headers));
  const others: Place[] = [];
  for (const mirror of mirrors) {
    const own = Object.hasOwn(mirrorHeaders, mirror) ? mirrorHeaders[mirror] : undefined;
    try {
      others.push(await openRegistryFiles(mirror, httpOptions(options, own)));
    } catch (error) {
      if (!(error instanceof PackyardError)) throw error;
      onWarning?.(warningOf(error));
    }
  }
  return placesOf(first, [first, ...others], onWarning);
}

function httpOptions(
  { fetch, userAgent, width, patience, retries, signal, loginHint }: OpenRegistryOptions,
  headers: Readonly<Record<string, string>> | undefined,
): HttpOptions {
  return {
    ...(headers !== undefined && { headers }),
    ...(fetch !== undefined && { fetch }),
    ...(userAgent !== undefined && { userAgent }),
    ...(width !== undefined && { width }),
    ...(patience !== undefined && { patience }),
    ...(retries !== undefined && { retries }),
    loginHint: loginHint ?? LOGIN_HINT,
    ...(signal !== undefined && { signal }),
  };
}

function placesOf(first: Place, all: readonly Place[], onWarning: OpenRegistryOptions['onWarning']): Places {
  const failed = new Set<Place>();
  return {
    first,
    all,
    async inTurn(work) {
      let reason: unknown;
      for (const place of [...all].toSorted((a, b) => Number(failed.has(a)) - Number(failed.has(b)))) {
        try {
          return await work(place);
        } catch (error) {
          if (!isOfPlace(error)) throw error;
          if (place === first || reason === undefined) reason = error;
          if (all.length > 1 && !failed.has(place) && !isMissing(error)) {
            failed.add(place);
            onWarning?.(warningOf(error, place));
          }
        }
      }
      throw reason;
    },
  };
}

/** Whether another place may do better. */
function isOfPlace(error: unknown): boolean {
  if (error instanceof FileProblem || error instanceof WrongBytes) return true;
  return error instanceof PackyardError && error.code.startsWith('registry-');
}

/** A mirror may be behind for a while: that is no failure. */
function isMissing(error: unknown): boolean {
  return error instanceof FileProblem && error.problem === 'missing';
}

function warningOf(error: unknown, place?: Place): ClientWarning {
  const message = error instanceof Error ? error.message : String(error);
  const hint = 'Another address of the registry is asked instead.';
  if (error instanceof WrongBytes) return { code: 'mirror-damaged', message, hint };
  if (error instanceof PackyardError && error.code !== 'registry-damaged')
    return { code: 'mirror-failed', message, hint };
  return { code: 'mirror-damaged', message: `${place?.files.location ?? ''}: ${message}`, hint };
}
