import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { scratch } from './scratch.ts';

/** An authority of a test, with a host for 127.0.0.1 and a client that it vouches for. */
export interface Certificates {
  readonly folder: string;
  readonly ca: string;
  readonly hostCert: string;
  readonly hostKey: string;
  readonly clientCert: string;
  readonly clientKey: string;
  /** The client's key, encrypted with `PASSPHRASE`. */
  readonly encryptedKey: string;
}

export const PASSPHRASE = 'open sesame';

/** Quick to make. */
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes them with openssl; undefined where there is none. */
export async function certificates(): Promise<Certificates | undefined> {
  const folder = await scratch();
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  const signed = (name: string, extension: string): void => {
    writeFileSync(file(`${name}.ext`), extension);
    const key = [...EC, '-keyout', file(`${name}.key`)];
    openssl('req', '-new', ...key, '-subj', `/CN=${name}`, '-out', file(`${name}.csr`));
    const authority = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'];
    const out = ['-days', '2', '-extfile', file(`${name}.ext`), '-out', file(`${name}.pem`)];
    openssl('x509', '-req', '-in', file(`${name}.csr`), ...authority, ...out);
  };
  try {
    const key = [...EC, '-keyout', file('ca.key')];
    openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=test authority', '-out', file('ca.pem'));
    signed('host', 'subjectAltName=IP:127.0.0.1\n');
    signed('client', 'extendedKeyUsage=clientAuth\n');
    openssl('pkey', '-aes256', '-passout', `pass:${PASSPHRASE}`, '-in', file('client.key'), '-out', file('locked.key'));
  } catch {
    return undefined;
  }
  return {
    folder,
    ca: file('ca.pem'),
    hostCert: file('host.pem'),
    hostKey: file('host.key'),
    clientCert: file('client.pem'),
    clientKey: file('client.key'),
    encryptedKey: file('locked.key'),
  };
}

/** For a server that lets in only those whom the authority vouches for. */
export function demandsCertificate({ ca, hostCert, hostKey }: Certificates): {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly ca: Buffer;
  readonly requestCert: true;
  readonly rejectUnauthorized: true;
} {
  const [key, cert, authority] = [hostKey, hostCert, ca].map((path) => readFileSync(path)) as [Buffer, Buffer, Buffer];
  return { key, cert, ca: authority, requestCert: true, rejectUnauthorized: true };
}
