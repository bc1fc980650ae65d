import { resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import type { ClientCertificateFiles } from '../transport/tls-material.ts';

/** What `PACKYARD_*` variables say about registries. An empty one counts as not set. */
export interface PackyardVariables {
  readonly registry?: string;
  readonly offline: boolean;
  readonly caFile?: string;
  readonly certificate?: ClientCertificateFiles;
}

/** For `--help`. */
export const VARIABLES = `Variables:
  PACKYARD_REGISTRY               name or address of the registry, where no flag names one
  PACKYARD_TOKEN                  bearer token for that registry
  PACKYARD_OFFLINE=1              ask nobody: only what the cache holds
  PACKYARD_CA_FILE                certificates of authorities to trust besides the system's (PEM)
  PACKYARD_CLIENT_CERT, _KEY      certificate and key to show to that registry (PEM)
  PACKYARD_CLIENT_KEY_PASSPHRASE  what the key is encrypted with
  PACKYARD_CONFIG_DIR             folder of settings and logins
  PACKYARD_CACHE_DIR              folder of the cache
  HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY, NETRC`;

/** Reads the variables. Throws `settings-invalid`. */
export function packyardVariables(environment: NodeJS.ProcessEnv, cwd: string): PackyardVariables {
  const valueOf = (name: string): string | undefined => {
    const value = environment[name];
    return value === '' ? undefined : value;
  };
  const registry = valueOf('PACKYARD_REGISTRY');
  const caFile = valueOf('PACKYARD_CA_FILE');
  const certificate = certificateOf(valueOf, cwd);
  return {
    ...(registry !== undefined && { registry }),
    offline: switchOf('PACKYARD_OFFLINE', valueOf('PACKYARD_OFFLINE')),
    ...(caFile !== undefined && { caFile: resolve(cwd, caFile) }),
    ...(certificate !== undefined && { certificate }),
  };
}

function certificateOf(valueOf: (name: string) => string | undefined, cwd: string): ClientCertificateFiles | undefined {
  const cert = valueOf('PACKYARD_CLIENT_CERT');
  const key = valueOf('PACKYARD_CLIENT_KEY');
  const passphrase = valueOf('PACKYARD_CLIENT_KEY_PASSPHRASE');
  if (cert === undefined && key === undefined) return undefined;
  if (cert !== undefined && key !== undefined) {
    return { clientCert: resolve(cwd, cert), clientKey: resolve(cwd, key), passphrase };
  }
  const [there, missing] = cert === undefined ? ['KEY', 'CERT'] : ['CERT', 'KEY'];
  throw new PackyardError({
    code: 'settings-invalid',
    message: `PACKYARD_CLIENT_${there} is set, but PACKYARD_CLIENT_${missing} is not.`,
    hint: 'A client certificate needs its key: set both; they may be the same file.',
  });
}

function switchOf(name: string, value: string | undefined): boolean {
  if (value === undefined || /^(?:0|false|no|off)$/iu.test(value)) return false;
  if (/^(?:1|true|yes|on)$/iu.test(value)) return true;
  throw new PackyardError({
    code: 'settings-invalid',
    message: `${name} is ${JSON.stringify(value.slice(0, 40))}, which says neither yes nor no.`,
    hint: `Set ${name}=1, or unset it.`,
  });
}
