import { openRegistry } from '../../../src/client/open-registry.ts';
import type { OpenRegistryOptions } from '../../../src/client/open-registry-options.ts';
import type { Registry } from '../../../src/client/registry.ts';
import { PackyardError } from '../../../src/errors.ts';
import { faultServer, type Fault, type FaultServer } from '../../helpers/fault-server.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { scratch } from '../../helpers/scratch.ts';
import { bytesOf } from '../../remote/bytes-of.ts';
import { SLOW } from './broken-answers.ts';
import { servedPack } from './served-pack.ts';
import { blobNames, damagedBlobs } from './whole-cache.ts';

/** Fast enough for tests; as many tries as ever. No machine is so busy that it takes the patience. */
export const HASTY: OpenRegistryOptions = {
  patience: 20_000,
  retries: { tries: 4, delay: 1, longestDelay: 50 },
};

/** For answers that never come. */
const IMPATIENT = { patience: 700 };

export const served = servedPack();
export const artifact: Buffer = served.files.get(served.paths.artifact) ?? Buffer.alloc(0);

/** Which file of the registry the host has its fault with. */
export type Place = keyof typeof served.paths;

/** Answers for a file in turn; `rest` is for all further ones, which are without a fault unless told. */
export interface Answers {
  readonly on: Place;
  readonly first?: readonly Fault[];
  readonly rest?: Fault;
}

export function hostWith({ on, first = [], rest }: Answers): Promise<FaultServer> {
  const faulty = served.paths[on];
  return faultServer(served.files, (path, nth) => (path === faulty ? (first[nth] ?? rest) : undefined));
}

/** Reads what a pull reads: index, document, archive. */
export async function readAll(registry: Registry): Promise<Buffer> {
  const [release] = (await registry.pack('demo')).releases;
  if (release === undefined) throw new Error('there is no release');
  const file = await registry.fetchFile(release.artifact.path, release.artifact);
  return bytesOf(file.open());
}

/**
 * What becomes of reading the registry of a host with a fault, and how often it was asked for the faulty file; in words.
 * Afterwards the same cache must give the right bytes from a host without faults, whatever the first left there.
 */
export async function outcome(answers: Answers, options: OpenRegistryOptions = {}): Promise<string> {
  const host = await hostWith(answers);
  const cache = await scratch();
  const said = await outcomeAt(host.url, cache, options);
  const damaged = damagedBlobs(cache);
  const whole = blobNames(cache).includes(sha256Of(artifact)) && !said.startsWith('done') ? ['the archive'] : [];
  const again = await outcomeAt((await hostWith({ on: 'index' })).url, cache);
  const left = [...damaged, ...whole, ...(again === 'done' ? [] : [`afterwards ${again}`])];
  return [`${host.asked(served.paths[answers.on])} × ${said}`, ...left].join('; left: ').replaceAll(host.url, '<url>');
}

export async function outcomeAt(url: string, cache: string, options: OpenRegistryOptions = {}): Promise<string> {
  const registry = await openRegistry(url, { ...HASTY, ...options, cache });
  try {
    const bytes = await readAll(registry);
    return bytes.equals(artifact) ? 'done' : 'done, with other bytes';
  } catch (error) {
    if (!(error instanceof PackyardError)) return `crash: ${String(error)}`;
    return `${error.code}: ${error.message} → ${error.hint}`;
  } finally {
    await registry.close();
  }
}

/** What becomes of each, by name; `always` where a fault stays, else it is gone at the next request. */
export async function outcomes(
  on: Place,
  faults: Readonly<Record<string, Fault>>,
  { always }: { readonly always: boolean },
): Promise<Record<string, string>> {
  const entries = Object.entries(faults).map(async ([name, fault]) => {
    const answers = always ? { on, rest: fault } : { on, first: [fault] };
    return [name, await outcome(answers, SLOW.has(name) ? IMPATIENT : {})] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** How often it was asked for, and the code: without the words. */
export function brief(said: string): string {
  const [what = '', ...left] = said.split('; left: ');
  return [what.replace(/: .*/su, ''), ...left].join('; left: ');
}

/** Without what differs from run to run, or says nothing. */
export function scrubbed(said: string): string {
  return said
    .replaceAll(served.paths.document, 'packs/demo/<sha256>.json')
    .replaceAll(/\b[0-9a-f]{64}\b/gu, '<sha256>')
    .replace(/after \d+ bytes/u, 'after … bytes')
    .replace(/\((?:UND_ERR_SOCKET|ECONNRESET|EPIPE)\)/u, '(…)')
    .replace(/wait for \d{5} days/u, 'wait for … days');
}
