import { PackyardError } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import type { IndexDocument } from '../../model/documents.ts';
import { INDEX_DOCUMENT } from '../../remote/registry-documents.ts';
import { INDEX_PATH } from '../../remote/registry-files.ts';
import { registryLocation, shownUrl } from '../../remote/registry-location.ts';
import { askHost, type Answer, type Host, type HostOptions } from './ask-host.ts';
import type { BranchOptions } from './commits-behind.ts';
import type { DoctorReport, ProbeName, ProbeResult } from './doctor-report.ts';
import { hostKind } from './host-kind.ts';
import { result, trouble, type Patient, type Probe, type SampleFile } from './probe.ts';
import { probeCaching } from './probes/caching.ts';
import { probeCase } from './probes/case.ts';
import { probeCompression } from './probes/compression.ts';
import { probeCors } from './probes/cors.ts';
import { probeFreshness } from './probes/freshness.ts';
import { probeHead } from './probes/head.ts';
import { probeIntegrity } from './probes/integrity.ts';
import { probeMediaTypes } from './probes/media-types.ts';
import { probeMissingFiles } from './probes/missing-files.ts';
import { probeRange } from './probes/range.ts';
import { probeRedirects } from './probes/redirects.ts';
import { probeSecurityHeaders } from './probes/security-headers.ts';
import { probeStaleness } from './probes/staleness.ts';
import { probeTls } from './probes/tls.ts';
import { probeValidators } from './probes/validators.ts';
import { sampleFiles } from './sample-files.ts';
import { chooseNames, samplePack } from './sample-packs.ts';

export interface DoctorOptions extends HostOptions {
  /** Packs of which the document and an archive are read; 3 unless told. */
  readonly sample?: number;
  /** What the index is compared with. */
  readonly repository?: Omit<BranchOptions, 'signal'>;
  /** Id of the commit that the index must be of, or the beginning of it. */
  readonly commit?: string;
  /** Where the same host answers without encryption; port 80 where https has its usual port, unless told. */
  readonly plain?: URL;
  /** Milliseconds since 1970; the clock unless told. */
  readonly now?: number;
  /** From 0 to 1: chooses the packs. */
  readonly random?: () => number;
  readonly onProbe?: (probe: ProbeName) => void;
}

/**
 * Looks at a live host as clients do, and says what is not as it should be, and what to do about it there. A host that
 * does not answer is a result as well. Rejects with `usage` where the location is no address of a host, and with
 * `git-missing`, or the reason of the signal.
 */
export async function doctor(location: string, options: DoctorOptions = {}): Promise<DoctorReport> {
  const place = registryLocation(location);
  if (place.kind !== 'http') throw noHost(place.path);
  const { base, authorization } = place;
  const headers = { ...(authorization !== undefined && { authorization }), ...options.headers };
  const host = askHost(base, { ...options, headers });
  options.onProbe?.('registry');
  const first = await readIndex(host);
  if ('failure' in first) return reportOf(host, first.answer, [first.failure]);
  const { index, answer } = first;
  const patient = await examined(host, index, answer, options);
  const results: ProbeResult[] = [registryResult(index)];
  for (const [name, probe] of probes(options)) {
    options.signal?.throwIfAborted();
    options.onProbe?.(name);
    results.push(...(await probe(patient).catch((error: unknown) => [unanswered(name, error)])));
  }
  return reportOf(host, answer, results, patient);
}

function probes(options: DoctorOptions): readonly (readonly [ProbeName, Probe])[] {
  const { repository, commit, plain, signal, now = Date.now() } = options;
  const branch = repository === undefined ? undefined : { ...repository, ...(signal !== undefined && { signal }) };
  return [
    ['tls', probeTls({ now, ...(plain !== undefined && { plain }) })],
    ['redirects', probeRedirects],
    ['media-types', probeMediaTypes],
    ['caching', probeCaching],
    ['validators', probeValidators],
    ['range', probeRange],
    ['compression', probeCompression],
    ['head', probeHead],
    ['cors', probeCors],
    ['missing-files', probeMissingFiles],
    ['case', probeCase],
    [
      'freshness',
      probeFreshness({ now, ...(commit !== undefined && { commit }), ...(branch !== undefined && { branch }) }),
    ],
    ['staleness', probeStaleness],
    ['integrity', probeIntegrity],
    ['security-headers', probeSecurityHeaders],
  ];
}

type FirstLook =
  | { readonly index: IndexDocument; readonly answer: Answer }
  | { readonly failure: ProbeResult; readonly answer?: Answer };

/** Without an index there is nothing else to look at. */
async function readIndex(host: Host): Promise<FirstLook> {
  let answer: Answer | undefined;
  try {
    answer = await host.ask(INDEX_PATH, { headers: { 'cache-control': 'no-cache' }, maxBytes: LIMITS.documents.bytes });
    if (answer.status === 200 && !answer.whole) {
      const most = formatBytes(LIMITS.documents.bytes);
      const seen = `${shownUrl(host.urlOf(INDEX_PATH))} is larger than any index may be (${most})`;
      return {
        failure: trouble('registry', 'failure', seen, { problem: 'registry', kind: hostKind(answer.headers) }),
        answer,
      };
    }
    if (answer.status === 200) {
      return { index: await INDEX_DOCUMENT.parse(answer.bytes, shownUrl(host.urlOf(INDEX_PATH))), answer };
    }
    const kind = hostKind(answer.headers);
    const seen = `${shownUrl(host.urlOf(INDEX_PATH))} answers ${answer.status}`;
    const problem = answer.status === 401 || answer.status === 403 ? 'denied' : 'registry';
    return { failure: trouble('registry', 'failure', seen, { problem, kind }), answer };
  } catch (error) {
    return { failure: unanswered('registry', error), ...(answer !== undefined && { answer }) };
  }
}

async function examined(
  host: Host,
  index: IndexDocument,
  indexAnswer: Answer,
  options: DoctorOptions,
): Promise<Patient> {
  const { sample = 3, random = Math.random } = options;
  const packs = [];
  for (const name of chooseNames(Object.keys(index.packs), sample, random)) {
    packs.push(
      await samplePack(host, index, name).catch((error: unknown) => ({
        name,
        link: index.packs[name]?.document ?? { path: '', sha256: '' },
        problem: unanswered('integrity', error).seen,
      })),
    );
  }
  const answers = new Map<string, Promise<Answer>>([[INDEX_PATH, Promise.resolve(indexAnswer)]]);
  const answer = ({ path }: SampleFile): Promise<Answer> => {
    const known = answers.get(path) ?? host.ask(path);
    answers.set(path, known);
    return known;
  };
  return {
    host,
    kind: hostKind(indexAnswer.headers),
    index,
    indexAnswer,
    packs,
    files: sampleFiles(index, packs),
    answer,
  };
}

function registryResult({ registry, packs }: IndexDocument): ProbeResult {
  const count = Object.keys(packs).length;
  return result('registry', 'pass', `${registry.name}, ${count} ${count === 1 ? 'pack' : 'packs'}`, {
    path: INDEX_PATH,
  });
}

/** What ends the examination is thrown; everything else is a result. */
function unanswered(probe: ProbeName, error: unknown): ProbeResult {
  if (!(error instanceof PackyardError) || error.code === 'git-missing') throw error;
  const { message, hint } = error;
  return result(probe, 'failure', message.replace(/\.$/u, ''), hint === undefined ? {} : { remedy: hint });
}

function reportOf(
  host: Host,
  answer: Answer | undefined,
  results: readonly ProbeResult[],
  patient?: Patient,
): DoctorReport {
  return {
    location: shownUrl(host.base),
    host: answer === undefined ? 'unknown' : hostKind(answer.headers),
    ...(patient !== undefined && {
      serial: patient.index.serial,
      commit: patient.index.source.commit,
      packs: Object.keys(patient.index.packs).length,
    }),
    sampled: patient?.packs.map(({ name }) => name) ?? [],
    results,
    requests: host.requests,
    ok: results.every(({ state }) => state !== 'failure'),
  };
}

function noHost(path: string): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${path} is a folder, and no live host.`,
    hint: 'Name the address of the registry; `packyard verify` looks at folders.',
  });
}
