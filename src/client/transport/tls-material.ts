import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

import { oneLine } from '../../check/one-line.ts';
import { PackyardError, systemCode } from '../../errors.ts';

/** A certificate with which this machine says who asks. */
export interface ClientCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  readonly passphrase?: string;
}

export interface ClientCertificateFiles {
  readonly clientCert: string;
  readonly clientKey: string;
  readonly passphrase?: string | undefined;
}

const MOST_BYTES = 4_194_304;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/gu;

/** The certificates of a PEM file. Rejects with `settings-invalid` where there is none, or one that cannot be read. */
export async function authoritiesOf(file: string): Promise<readonly string[]> {
  const certificates = (await pemOf(file)).match(CERTIFICATE) ?? [];
  const [first] = certificates;
  if (first === undefined) throw invalid(`${oneLine(file)} holds no certificate.`, AUTHORITY_HINT);
  for (const certificate of certificates) {
    try {
      void new X509Certificate(certificate);
    } catch (error) {
      throw invalid(`${oneLine(file)} holds a certificate that cannot be read.`, AUTHORITY_HINT, error);
    }
  }
  return certificates;
}

const AUTHORITY_HINT = 'It must hold certificates of authorities in PEM form: -----BEGIN CERTIFICATE-----';

/** Reads a client's certificate and its key, and checks that they fit. Rejects with `settings-invalid`. */
export async function clientCertificateOf(files: ClientCertificateFiles): Promise<ClientCertificate> {
  const { clientCert, clientKey, passphrase } = files;
  const cert = await pemOf(clientCert);
  const key = clientKey === clientCert ? cert : await pemOf(clientKey);
  const material = { cert, key, ...(passphrase !== undefined && { passphrase }) };
  try {
    createSecureContext(material);
  } catch (error) {
    throw unfit(files, key, error);
  }
  return material;
}

function unfit(
  { clientCert, clientKey, passphrase }: ClientCertificateFiles,
  key: string,
  cause: unknown,
): PackyardError {
  const [cert, keyFile] = [oneLine(clientCert), oneLine(clientKey)];
  const code = systemCode(cause) ?? '';
  if (code.includes('KEY_VALUES_MISMATCH')) {
    return invalid(
      `The key in ${keyFile} is not that of the certificate in ${cert}.`,
      'Name the two that belong together.',
      cause,
    );
  }
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/u.test(key)) {
    return passphrase === undefined
      ? invalid(`The key in ${keyFile} is encrypted.`, 'Set its passphrase in PACKYARD_CLIENT_KEY_PASSPHRASE.', cause)
      : invalid(`The key in ${keyFile} cannot be decrypted.`, 'Check PACKYARD_CLIENT_KEY_PASSPHRASE.', cause);
  }
  const what = key.includes('PRIVATE KEY-----') ? `The certificate in ${cert} or the key in ${keyFile}` : keyFile;
  const rest = what === keyFile ? 'holds no private key' : 'cannot be read';
  return invalid(`${what} ${rest}${code === '' ? '' : ` (${code})`}.`, 'Both must be in PEM form.', cause);
}

async function pemOf(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const why = systemCode(error) ?? 'unknown error';
    throw invalid(`${oneLine(file)} cannot be read (${why}).`, 'Check its path, and its permissions.', error);
  }
  if (bytes.length <= MOST_BYTES) return bytes.toString('latin1');
  throw invalid(`${oneLine(file)} is larger than 4 MB.`, 'Name a file with certificates or a key in PEM form.');
}

function invalid(message: string, hint: string, cause?: unknown): PackyardError {
  return new PackyardError({ code: 'settings-invalid', message, hint, cause });
}
