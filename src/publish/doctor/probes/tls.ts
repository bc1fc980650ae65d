import { connect } from 'node:tls';

import { inTime } from '../../../remote/in-time.ts';
import { shownUrl } from '../../../remote/registry-location.ts';
import { INDEX_PATH } from '../../../remote/registry-files.ts';
import type { ProbeResult } from '../doctor-report.ts';
import { result, shownHeader, trouble, type Patient, type Probe } from '../probe.ts';

export interface TlsOptions {
  /** Where the same host answers without encryption; port 80 where https has its usual port, unless told. */
  readonly plain?: URL;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const DAY = 86_400_000;
const SOON = 14;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/u;

/** Whether what comes from the host is protected on its way, and stays so. */
export function probeTls(options: TlsOptions): Probe {
  return async (patient) => {
    const { base } = patient.host;
    if (base.protocol === 'http:') return [unprotected(patient)];
    return [await certificate(patient, options.now), ...(await plainHttp(patient, options)), hsts(patient)];
  };
}

function unprotected({ host, kind }: Patient): ProbeResult {
  if (LOOPBACK.test(host.base.hostname)) return result('tls', 'pass', 'http, on this machine only');
  return trouble('tls', 'failure', 'http, without encryption', { problem: 'plain-http', kind });
}

async function certificate({ host, kind }: Patient, now: number): Promise<ProbeResult> {
  const ends = await certificateEnd(host.base, host.patience, host.signal);
  if (ends === undefined) return result('tls', 'skipped', 'the certificate could not be looked at, as behind a proxy');
  const days = Math.floor((ends - now) / DAY);
  const day = new Date(ends).toISOString().slice(0, 10);
  const wrong = { problem: 'certificate', kind } as const;
  if (days < 0) return trouble('tls', 'failure', `the certificate was valid until ${day}`, wrong);
  const seen = `the certificate is valid until ${day}, for ${days} ${days === 1 ? 'day' : 'days'}`;
  return days < SOON ? trouble('tls', 'warning', seen, wrong) : result('tls', 'pass', seen);
}

/** When the certificate of a host ends. Whether it is to be trusted was decided by the requests before. */
async function certificateEnd(base: URL, patience: number, signal: AbortSignal): Promise<number | undefined> {
  const host = base.hostname.replace(/^\[|\]$/gu, '');
  const servername = /^[\d.]+$|:/u.test(host) ? '' : host;
  const socket = connect({ host, port: Number(base.port || 443), servername, rejectUnauthorized: false });
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const end = new Promise<number | undefined>((resolve) => {
      socket.once('error', () => resolve(undefined));
      socket.once('close', () => resolve(undefined));
      socket.once('secureConnect', () => resolve(Date.parse(socket.getPeerCertificate().valid_to)));
    });
    const time = await inTime(end, patience);
    signal.throwIfAborted();
    return time === undefined || Number.isNaN(time) ? undefined : time;
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

/** Nobody is logged in there: what is sent can be read by everybody on the way. */
async function plainHttp({ host, kind }: Patient, { plain }: TlsOptions): Promise<readonly ProbeResult[]> {
  const base = plain ?? (host.base.port === '' ? new URL(host.base.href.replace(/^https/u, 'http')) : undefined);
  if (base === undefined) return [];
  const url = new URL(INDEX_PATH, base);
  const signal = AbortSignal.any([host.signal, AbortSignal.timeout(host.patience)]);
  let response: Response;
  try {
    response = await host.fetch(url, { redirect: 'manual', headers: { 'user-agent': host.userAgent }, signal });
  } catch {
    host.signal.throwIfAborted();
    return [result('tls', 'pass', 'nobody answers at http://')];
  }
  await response.body?.cancel();
  const to = response.headers.get('location');
  const next = to !== null && URL.canParse(to, url.href) ? new URL(to, url) : undefined;
  const wrong = { problem: 'no-https-redirect', kind } as const;
  if (response.status < 300 || response.status >= 400) {
    // An error gives nothing away.
    if (response.status >= 400) return [result('tls', 'pass', `${response.status} at http://`)];
    return [trouble('tls', 'warning', `${response.status} at http://, instead of a redirect to https://`, wrong)];
  }
  if (next?.protocol !== 'https:') {
    const seen = next === undefined ? 'a redirect to nowhere' : `a redirect to ${shownUrl(next)}`;
    return [trouble('tls', 'warning', `${seen} at http://, instead of one to https://`, wrong)];
  }
  return [result('tls', 'pass', `http:// redirects to https:// with ${response.status}`)];
}

function hsts({ indexAnswer, kind }: Patient): ProbeResult {
  const header = indexAnswer.headers.get('strict-transport-security');
  const seen = `Strict-Transport-Security ${shownHeader(header)}`;
  const lasts = Number(/max-age="?(\d{1,12})/iu.exec(header ?? '')?.[1] ?? 0);
  return lasts > 0 ? result('tls', 'pass', seen) : trouble('tls', 'warning', seen, { problem: 'no-hsts', kind });
}
