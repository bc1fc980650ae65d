import { shownUrl } from '../../../remote/registry-location.ts';
import type { ProbeResult } from '../doctor-report.ts';
import { result, trouble, type Patient, type Probe, type SampleFile } from '../probe.ts';

/** Whether files are where they are asked for. */
export const probeRedirects: Probe = async (patient) => {
  const results: ProbeResult[] = [];
  for (const file of patient.files.filter(({ kind }) => kind === 'index' || kind === 'archive')) {
    results.push(ofFile(file, (await patient.answer(file)).asked, patient));
  }
  return results;
};

function ofFile({ path }: SampleFile, asked: readonly URL[], { kind, host }: Patient): ProbeResult {
  const last = asked.at(-1) ?? host.urlOf(path);
  if (asked.length < 2) return result('redirects', 'pass', 'no redirect', { path });
  const wrong = { problem: 'redirected', kind, path } as const;
  const to = `redirects to ${shownUrl(last)}`;
  return asked.some(({ origin }) => origin !== host.base.origin)
    ? trouble('redirects', 'failure', `${to}, another origin: no login is sent there`, wrong)
    : trouble('redirects', 'warning', `${to}: each file takes ${asked.length} requests`, wrong);
}
