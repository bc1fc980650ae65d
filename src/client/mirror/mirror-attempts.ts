import { PackyardError } from '../../errors.ts';
import type { HttpOptions } from '../../remote/http-files.ts';
import { checkDestination } from './mirror-destination.ts';
import type { MirrorOptions, MirrorResult } from './mirror-options.ts';
import { mirrorRun, type MirrorContext } from './mirror-run.ts';
import { openMirrorSource, type MirrorSource } from './mirror-source.ts';

/** A mirror that is made from one address of a registry, and from another one where that fails. */
export interface MirrorAttempts {
  /** Reads the index, at the first address that has one. */
  open(): Promise<void>;
  /** Once more where the source was published anew meanwhile. What was fetched already stays, wherever it came from. */
  run(): Promise<MirrorResult>;
  /** Bytes that the last plan wanted to write; undefined before there was one. */
  needed(): number | undefined;
  close(): Promise<void>;
}

/** When all addresses fail, both reject with what the first one's failure says. */
export function mirrorAttempts(location: string, context: MirrorContext): MirrorAttempts {
  const { emit, held, options } = context;
  const waiting = [location, ...(options.mirrors ?? [])];
  const before = { requests: 0, bytes: 0 };
  let address = location;
  let source: MirrorSource | undefined;
  let needed: number | undefined;
  let reason: unknown;

  const open = async (): Promise<MirrorSource> => {
    source = await openMirrorSource(address, httpOptions(options, address === location ? undefined : address));
    const { remote, index } = source;
    await checkDestination(held, { location: source.location, remote, name: index.registry.name });
    return source;
  };
  const close = async (): Promise<void> => {
    before.requests += source?.transferred.requests ?? 0;
    before.bytes += source?.transferred.bytes ?? 0;
    await source?.close();
    source = undefined;
  };
  const runOnce = async (from: MirrorSource): Promise<MirrorResult> => {
    const result = await mirrorRun(from, {
      ...context,
      emit(event) {
        if (event.kind === 'planned') needed = event.plan.write.reduce((sum, { file }) => sum + (file.size ?? 0), 0);
        emit(event);
      },
    });
    const { requests, bytes } = from.transferred;
    return { ...result, transferred: { requests: before.requests + requests, bytes: before.bytes + bytes } };
  };
  const runTwice = async (): Promise<MirrorResult> => {
    try {
      return await runOnce(source ?? (await open()));
    } catch (error) {
      if (!(error instanceof PackyardError) || error.code !== 'registry-changed') throw error;
      await close();
      emit({ kind: 'restarted' });
      return runOnce(await open());
    }
  };
  /** Does it with one address after the other. */
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      const next = source === undefined ? waiting.shift() : address;
      if (next === undefined) throw reason;
      address = next;
      try {
        return await work();
      } catch (error) {
        await close();
        if (!(error instanceof PackyardError) || !error.code.startsWith('registry-')) throw error;
        reason ??= error;
        if (waiting.length === 0) continue;
        const { message } = error;
        emit({
          kind: 'warning',
          warning: { code: 'mirror-failed', message, hint: 'Another address of the registry is asked instead.' },
        });
      }
    }
  };
  return { open: async () => void (await inTurn(open)), run: () => inTurn(runTwice), needed: () => needed, close };
}

function httpOptions(options: MirrorOptions, mirror: string | undefined): HttpOptions {
  const { fetch, userAgent, width, patience, retries, loginHint, signal, mirrorHeaders = {} } = options;
  const own =
    mirror === undefined ? options.headers : Object.hasOwn(mirrorHeaders, mirror) ? mirrorHeaders[mirror] : undefined;
  return {
    ...(fetch !== undefined && { fetch }),
    ...(own !== undefined && { headers: own }),
    ...(userAgent !== undefined && { userAgent }),
    ...(width !== undefined && { width }),
    ...(patience !== undefined && { patience }),
    ...(retries !== undefined && { retries }),
    ...(loginHint !== undefined && { loginHint }),
    ...(signal !== undefined && { signal }),
  };
}
