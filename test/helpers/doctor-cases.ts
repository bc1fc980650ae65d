import { expect, test } from 'vitest';

import type { ProbeResult } from '../../src/publish/doctor/doctor-report.ts';
import { doctor, type DoctorOptions } from '../../src/publish/doctor/doctor.ts';
import { doctorHost, type DoctorHostOptions, type Reply } from './doctor-host.ts';

/** Two days after the commit of the registry. */
export const NOW: number = Date.parse('2026-07-03T16:53:28Z');

const QUICK = { tries: 2, delay: 1, longestDelay: 5 };

/** What doctor says of a host that a test changed. */
export async function looked(
  host: DoctorHostOptions = {},
  options: DoctorOptions = {},
): Promise<readonly ProbeResult[]> {
  const { url } = await doctorHost(host);
  return (await doctor(url, { now: NOW, retries: QUICK, ...options })).results;
}

/** What is not well, as text. */
export function said(results: readonly ProbeResult[]): readonly string[] {
  return results
    .filter(({ state }) => state !== 'pass')
    .map(({ probe, state, path, seen, remedy }) => {
      const line = `${state} ${probe} ${path ?? '-'}: ${seen}`.replace(/\b[0-9a-f]{64}\b/gu, '<sha256>');
      return remedy === undefined ? line : `${line} → ${remedy}`;
    });
}

/** Changes answers with a status of 200, of paths that match. */
export function where(paths: RegExp, change: (reply: Reply) => void): DoctorHostOptions {
  return { change: (path, reply) => void (paths.test(path) && reply.status === 200 && change(reply)) };
}

export const INDEX = /^index\.json$/u;
export const ARCHIVE = /\.tar\.gz$/u;

export type ProbeCase = readonly [name: string, host: DoctorHostOptions, expected: readonly string[]];

/** One test a case: nothing else than what is expected may be said. */
export function testCases(cases: readonly ProbeCase[]): void {
  test.each(cases)('%s', async (_name, host, expected) => {
    expect(said(await looked(host))).toEqual(expected);
  });
}
