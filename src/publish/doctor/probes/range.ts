import { result, trouble, type Probe } from '../probe.ts';

/** What is read of an archive to compare parts with. */
const MOST = 65_536;

/** Whether an interrupted download can go on. */
export const probeRange: Probe = async ({ files, host, kind }) => {
  const archive = files.find((file) => file.kind === 'archive');
  if (archive === undefined) return [result('range', 'skipped', 'no archive could be looked at')];
  const { path, size = 0 } = archive;
  const whole = await host.ask(path, { maxBytes: MOST });
  if ((whole.headers.get('content-encoding') ?? 'identity') !== 'identity') {
    return [result('range', 'skipped', 'the archive is sent as something encoded: see compression', { path })];
  }
  const from = Math.floor(whole.bytes.byteLength / 2);
  const etag = whole.headers.get('etag');
  const ifRange = etag === null || etag.startsWith('W/') ? {} : { 'if-range': etag };
  const part = await host.ask(path, { headers: { range: `bytes=${from}-`, ...ifRange }, maxBytes: MOST });
  const asked = `Range bytes=${from}-`;
  if (part.status !== 206) {
    const seen = `${part.status} instead of 206 for ${asked}: an interrupted download begins anew`;
    return [trouble('range', part.status === 200 ? 'warning' : 'failure', seen, { problem: 'no-range', kind, path })];
  }
  const range = part.headers.get('content-range') ?? 'none';
  const expected = `bytes ${from}-${size - 1}/`;
  if (!range.startsWith(expected)) {
    const seen = `206 with Content-Range ${range.slice(0, 60)} for ${asked}, not ${expected}${size}`;
    return [trouble('range', 'failure', seen, { problem: 'wrong-range', kind, path })];
  }
  const known = whole.bytes.subarray(from);
  if (!Buffer.from(part.bytes.subarray(0, known.byteLength)).equals(known)) {
    return [trouble('range', 'failure', `206 with other bytes for ${asked}`, { problem: 'wrong-range', kind, path })];
  }
  return [result('range', 'pass', `206 with the right bytes for ${asked}`, { path })];
};
