import { PackyardError } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { transportFetch } from '../../client/transport/transport.ts';
import { packyardVariables } from '../../client/settings/variables.ts';
import type { Fetch } from '../../remote/http-answer.ts';
import { httpFiles } from '../../remote/http-files.ts';
import { FileProblem } from '../../remote/registry-files.ts';
import { registryLocation, shownUrl } from '../../remote/registry-location.ts';
import type { RetryPolicy } from '../../remote/retries.ts';
import { chartInvalid } from './chart-error.ts';

export interface FetchFileOptions {
  /** How hosts are asked; as the environment says unless told: proxies, `PACKYARD_CA_FILE`. */
  readonly fetch?: Fetch | undefined;
  /** Of the user; `process.env` unless told. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Milliseconds that an answer, and each part of it, may take. */
  readonly patience?: number;
  readonly retries?: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
}

export interface FetchedFile {
  readonly bytes: Uint8Array;
  /** The address, without credentials and query. */
  readonly shown: string;
}

/**
 * One file from an HTTP(S) address, of which a login goes to its own origin only. `what` it is supposed to be, in a word.
 * Rejects with `chart-invalid` where there is none or it is too large, else as a registry's files do; no message holds
 * the login or the query.
 */
export async function fetchFile(
  address: string,
  what: string,
  maxBytes: number,
  options: FetchFileOptions,
): Promise<FetchedFile> {
  // Of an address that is none all may be a password.
  if (!URL.canParse(address))
    throw chartInvalid(`The address of the ${what} is not valid.`, 'Look at how it is written.');
  const url = new URL(address);
  const shown = shownUrl(url);
  const name = nameOf(url);
  if (name === '')
    throw chartInvalid(`${shown} is the address of a folder, not of a ${what}.`, 'Add the name of the file.');
  const place = registryLocation(folderOf(url));
  if (place.kind !== 'http') throw chartInvalid(`${shown} is not an address of the web.`, 'Use https://.');
  const { environment = process.env, signal, fetch: given, patience, retries } = options;
  const fetch = given ?? (await environmentFetch(environment));
  const files = httpFiles(place.base, {
    fetch: withQuery(url, fetch ?? ((each, init) => globalThis.fetch(each, init))),
    ...(place.authorization !== undefined && { headers: { authorization: place.authorization } }),
    ...(patience !== undefined && { patience }),
    ...(retries !== undefined && { retries }),
    ...(signal !== undefined && { signal }),
  });
  try {
    return { bytes: await files.read(name, maxBytes), shown };
  } catch (error) {
    throw explained(error, shown, what, maxBytes);
  } finally {
    await files.close();
  }
}

function nameOf({ pathname }: URL): string {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function folderOf(url: URL): string {
  const folder = new URL(url);
  folder.search = '';
  folder.hash = '';
  folder.pathname = url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1);
  return folder.href;
}

/** Signed addresses have one; whatever the host redirects to has its own. */
function withQuery(asked: URL, fetch: Fetch): Fetch {
  return (url, init) => {
    const same = url.origin === asked.origin && url.search === '' && decoded(url.pathname) === decoded(asked.pathname);
    const full = new URL(url);
    if (same) full.search = asked.search;
    return fetch(full, init);
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function environmentFetch(environment: NodeJS.ProcessEnv): Promise<Fetch | undefined> {
  const { caFile, offline } = packyardVariables(environment, process.cwd());
  if (offline)
    throw new PackyardError({
      code: 'registry-offline',
      message: 'PACKYARD_OFFLINE says that nothing is to be fetched.',
      hint: 'Name a file, or unset the variable.',
    });
  return transportFetch({
    caFiles: caFile === undefined ? [] : [caFile],
    certificates: new Map(),
    environment,
  });
}

function explained(error: unknown, shown: string, what: string, maxBytes: number): unknown {
  if (error instanceof FileProblem) {
    return error.problem === 'missing'
      ? chartInvalid(`There is no ${what} at ${shown}.`, 'Check the address.')
      : chartInvalid(`${shown} is larger than ${formatBytes(maxBytes)}.`, `Check that it is the address of a ${what}.`);
  }
  if (error instanceof PackyardError && error.hint?.includes('that of a registry') === true)
    return new PackyardError({
      code: error.code,
      message: error.message,
      hint: `Check that the address is that of a ${what}.`,
      cause: error,
    });
  return error;
}
