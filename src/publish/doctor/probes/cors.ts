import type { ProbeResult } from '../doctor-report.ts';
import { result, shownHeader, trouble, type Patient, type Probe, type SampleFile } from '../probe.ts';

/** A page that nobody has told the host of. */
const ORIGIN = 'https://catalogue.example';

/** Without it, a page cannot go on with a download that was interrupted. */
const EXPOSED = ['etag', 'content-range'];

/** Whether pages of other sites can read the registry. */
export const probeCors: Probe = async (patient) => {
  const results: ProbeResult[] = [];
  for (const file of patient.files.filter(({ kind }) => kind === 'index' || kind === 'archive')) {
    results.push(await ofFile(file, patient));
  }
  return results;
};

async function ofFile({ path, kind: what }: SampleFile, { host, kind }: Patient): Promise<ProbeResult> {
  const { headers } = await host.ask(path, { headers: { origin: ORIGIN } });
  const allowed = headers.get('access-control-allow-origin');
  const seen = `Access-Control-Allow-Origin ${shownHeader(allowed)}`;
  if (allowed !== '*' && allowed !== ORIGIN) {
    const meaning = allowed === null ? 'pages of other sites' : 'other pages';
    return trouble('cors', 'warning', `${seen}: ${meaning} cannot read it`, { problem: 'no-cors', kind, path });
  }
  if (allowed === ORIGIN && !/(?:^|,)\s*(?:origin|\*)\s*(?:,|$)/iu.test(headers.get('vary') ?? '')) {
    const mixed = `${seen} without Vary: Origin: a cache gives it to pages of all sites`;
    return trouble('cors', 'warning', mixed, { problem: 'no-cors', kind, path });
  }
  const header = (headers.get('access-control-expose-headers') ?? '').toLowerCase();
  const exposed = new Set(header.split(',').map((name) => name.trim()));
  const hidden = exposed.has('*') ? [] : EXPOSED.filter((name) => !exposed.has(name));
  if (what === 'archive' && hidden.length > 0) {
    const list = hidden.map((name) => (name === 'etag' ? 'ETag' : 'Content-Range')).join(' and ');
    return trouble('cors', 'warning', `${seen}, but ${list} not exposed: a page cannot go on with a download`, {
      problem: 'not-exposed',
      kind,
      path,
    });
  }
  return result('cors', 'pass', seen, { path });
}
