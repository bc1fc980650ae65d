import { LIMITS } from '../../../model/limits.ts';
import { sha256Of } from '../../../remote/sha256.ts';
import type { ProbeResult } from '../doctor-report.ts';
import { result, trouble, type Patient, type Probe, type SampleFile } from '../probe.ts';

/** Below it most hosts leave files as they are, since they fit into one packet anyway. */
const SMALL = 1400;

const ACCEPT = { 'accept-encoding': 'br, gzip' };

/** Whether documents are compressed for the way, and archives, which are compressed already, are not. */
export const probeCompression: Probe = async (patient) => {
  const results: ProbeResult[] = [];
  for (const file of patient.files) {
    if (file.kind === 'archive') results.push(await ofArchive(file, patient));
    else if (file.kind === 'index' || file.kind === 'document') results.push(await ofDocument(file, patient));
  }
  return results;
};

async function ofDocument({ path, sha256 }: SampleFile, { host, kind }: Patient): Promise<ProbeResult> {
  const { headers, bytes } = await host.ask(path, { headers: ACCEPT, maxBytes: LIMITS.documents.bytes });
  const encoding = encodingOf(headers);
  if (sha256 !== undefined && (await sha256Of(bytes)) !== sha256) {
    const seen =
      encoding === '' ? 'other bytes than published' : `unpacked from ${encoding}, other bytes than published`;
    return trouble('compression', 'failure', seen, { problem: 'damaged', kind, path });
  }
  if (encoding === '') {
    if (bytes.byteLength < SMALL)
      return result('compression', 'pass', `${bytes.byteLength} bytes, too small to gain`, { path });
    const seen = `${bytes.byteLength} bytes, sent as they are`;
    return trouble('compression', 'warning', seen, { problem: 'not-compressed', kind, path });
  }
  if (!/(?:^|,)\s*(?:accept-encoding|\*)\s*(?:,|$)/iu.test(headers.get('vary') ?? '')) {
    const seen = `sent as ${encoding}, without Vary: Accept-Encoding`;
    return trouble('compression', 'warning', seen, { problem: 'no-vary', kind, path });
  }
  return result('compression', 'pass', `sent as ${encoding}`, { path });
}

async function ofArchive(file: SampleFile, patient: Patient): Promise<ProbeResult> {
  const { path } = file;
  const plain = encodingOf((await patient.answer(file)).headers);
  const encoding = plain === '' ? encodingOf((await patient.host.ask(path, { headers: ACCEPT })).headers) : plain;
  if (encoding === '') return result('compression', 'pass', 'sent as it is, without Content-Encoding', { path });
  const asked = plain === '' ? '' : ', which was not asked for';
  const seen = `Content-Encoding ${encoding}${asked}: clients may unpack the archive on its way, and then its hash is wrong`;
  return trouble('compression', 'failure', seen, { problem: 'archive-encoded', kind: patient.kind, path });
}

function encodingOf(headers: Headers): string {
  const encoding = (headers.get('content-encoding') ?? '').trim().toLowerCase();
  return encoding === 'identity' ? '' : encoding.slice(0, 40);
}
