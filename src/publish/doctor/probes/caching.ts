import { durationText } from '../../../remote/duration-text.ts';
import { cacheControl } from '../cache-control.ts';
import type { ProbeResult } from '../doctor-report.ts';
import { result, shownHeader, trouble, type Patient, type Probe, type SampleFile } from '../probe.ts';

/** Seconds for which a pointer may be kept: nobody notices, and longer than anybody should wait for a release. */
const [SHORT, LONG] = [60, 3600];
const WEEK = 604_800;

/** Whether pointers are asked for again soon, and hashed files never. */
export const probeCaching: Probe = async (patient) => {
  const results: ProbeResult[] = [];
  for (const file of patient.files) {
    const header = (await patient.answer(file)).headers.get('cache-control');
    results.push(file.cache === 'immutable' ? ofHashed(file, header, patient) : ofPointer(file, header, patient));
  }
  return results;
};

function ofPointer({ path }: SampleFile, header: string | null, { kind }: Patient): ProbeResult {
  const { lasts, immutable, noStore } = cacheControl(header);
  const seen = `Cache-Control ${shownHeader(header)}`;
  const wrong = { problem: 'pointer-cached', kind, path } as const;
  if (noStore) return trouble('caching', 'warning', `${seen}: it is sent in full each time`, wrong);
  if (lasts === undefined) {
    return trouble(
      'caching',
      immutable ? 'failure' : 'warning',
      `${seen}: caches keep it for as long as they like`,
      wrong,
    );
  }
  if (immutable || lasts > LONG) {
    return trouble('caching', 'failure', `${seen}: a new release is not seen for ${durationText(lasts * 1000)}`, wrong);
  }
  if (lasts > SHORT) {
    return trouble(
      'caching',
      'warning',
      `${seen}: a new release is seen up to ${durationText(lasts * 1000)} late`,
      wrong,
    );
  }
  return result('caching', 'pass', seen, { path });
}

function ofHashed({ path }: SampleFile, header: string | null, { kind }: Patient): ProbeResult {
  const { lasts, immutable, noStore } = cacheControl(header);
  const seen = `Cache-Control ${shownHeader(header)}`;
  if (!noStore && immutable && (lasts ?? 0) >= WEEK) return result('caching', 'pass', seen, { path });
  return trouble('caching', 'warning', `${seen}: it never changes, and is asked for again all the same`, {
    problem: 'not-immutable',
    kind,
    path,
  });
}
