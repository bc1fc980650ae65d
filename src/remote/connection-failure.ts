import { systemCode } from '../errors.ts';
import { RequestFailure } from './request-failure.ts';

/** What is wrong with a certificate, by the code that Node gives it. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it signed its certificate itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that this machine does not know',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

const CONNECTIONS: Readonly<Record<string, { readonly what: string; readonly hint: string; readonly again?: true }>> = {
  ENOTFOUND: { what: 'its host name was not found', hint: 'Check the address, and that this machine is online.' },
  EAI_AGAIN: { what: 'its host name could not be looked up', hint: 'Check that this machine is online.', again: true },
  ECONNREFUSED: { what: 'the connection was refused', hint: 'Check host and port, and that the server is running.' },
  ECONNRESET: { what: 'the connection broke off', hint: 'Try again later.', again: true },
  EPIPE: { what: 'the connection broke off', hint: 'Try again later.', again: true },
  UND_ERR_SOCKET: { what: 'the connection broke off', hint: 'Try again later.', again: true },
  ETIMEDOUT: { what: 'nobody answered', hint: 'Check the address and the network.', again: true },
  UND_ERR_CONNECT_TIMEOUT: { what: 'nobody answered', hint: 'Check the address and the network.', again: true },
  EHOSTUNREACH: { what: 'no network leads to its host', hint: 'Check that this machine is online.' },
  ENETUNREACH: { what: 'no network leads to its host', hint: 'Check that this machine is online.' },
};

/** Why `fetch` got no answer, or not all of it, in words. */
export function connectionFailure(error: unknown): RequestFailure {
  // Another way to ask may know better what was in its way.
  if (error instanceof RequestFailure) return error;
  const code = codeOf(error);
  const certificate = CERTIFICATES[code];
  if (certificate !== undefined) {
    return new RequestFailure({
      code: 'registry-untrusted',
      message: `is not trusted: ${certificate} (${code})`,
      hint: "Check the address and this machine's clock. For a certificate authority of your own, name its file in NODE_EXTRA_CA_CERTS; commands that use a registry also take PACKYARD_CA_FILE.",
      cause: error,
    });
  }
  if (/^(?:ERR_SSL_|EPROTO$|ERR_TLS_)/u.test(code)) {
    return new RequestFailure({
      message: `cannot be reached: no encrypted connection could be made (${code})`,
      hint: 'Check whether the address begins with https:// where it should begin with http://, and its port.',
      cause: error,
    });
  }
  if (/^Z_|^ERR_(?:_?BROTLI|BUFFER_TOO_LARGE)/u.test(code)) {
    return new RequestFailure({
      message: `was not received whole: its compressed form is damaged (${code})`,
      hint: 'Try again; if it stays so, the host or a proxy before it is broken.',
      again: true,
      cause: error,
    });
  }
  const known = CONNECTIONS[code];
  return new RequestFailure({
    message: `cannot be reached: ${known?.what ?? 'the connection failed'} (${code})`,
    hint: known?.hint ?? 'Check the address and the network.',
    again: known?.again ?? false,
    cause: error,
  });
}

/** The code of the innermost cause that has one, else its words; where several addresses were tried, of the first. */
function codeOf(error: unknown): string {
  let code: string | undefined;
  let words = String(error);
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    code = systemCode(current) ?? code;
    words = current.message;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return code ?? words;
}
