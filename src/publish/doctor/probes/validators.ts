import type { ProbeResult } from '../doctor-report.ts';
import { result, shownHeader, trouble, type Patient, type Probe, type SampleFile } from '../probe.ts';

/** Whether who has a file already is told so. */
export const probeValidators: Probe = async (patient) => {
  const results: ProbeResult[] = [];
  for (const file of patient.files.filter(({ kind }) => kind === 'index' || kind === 'archive')) {
    results.push(await ofFile(file, patient));
  }
  return results;
};

async function ofFile(file: SampleFile, patient: Patient): Promise<ProbeResult> {
  const { path } = file;
  const { kind, host } = patient;
  const { headers } = await patient.answer(file);
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
  if (etag === null && lastModified === null) {
    return trouble('validators', 'warning', 'neither ETag nor Last-Modified', { problem: 'no-validators', kind, path });
  }
  const by: readonly [string, string] =
    etag === null ? ['if-modified-since', lastModified ?? ''] : ['if-none-match', etag];
  const seen = etag === null ? `Last-Modified ${shownHeader(lastModified)}` : `ETag ${shownHeader(etag)}`;
  const again = await host.ask(path, { headers: { [by[0]]: by[1], 'cache-control': 'no-cache' } });
  if (again.status !== 304) {
    return trouble('validators', 'warning', `${seen}, but ${again.status} instead of 304 for who has the file`, {
      problem: 'not-conditional',
      kind,
      path,
    });
  }
  const other: readonly [string, string] =
    etag === null ? ['if-modified-since', 'Thu, 01 Jan 1970 00:00:01 GMT'] : ['if-none-match', '"packyard-doctor"'];
  const changed = await host.ask(path, { headers: { [other[0]]: other[1], 'cache-control': 'no-cache' } });
  if (changed.status !== 200) {
    return trouble('validators', 'failure', `${seen}, but ${changed.status} instead of 200 for who has another file`, {
      problem: 'wrong-304',
      kind,
      path,
    });
  }
  return result('validators', 'pass', `${seen}, and 304 for who has the file`, { path });
}
