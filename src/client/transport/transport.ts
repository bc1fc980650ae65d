import type { Fetch } from '../../remote/http-answer.ts';
import type { ClientCertificate, ClientCertificateFiles } from './tls-material.ts';
import { proxyVariables, type ProxyVariables } from './proxy-variables.ts';

export interface TransportOptions {
  /** Files of authorities that are trusted besides those of the system; PEM. */
  readonly caFiles: readonly string[];
  /** With which certificate this machine says who it is, by origin. No other origin gets to see one. */
  readonly certificates: ReadonlyMap<string, ClientCertificateFiles>;
  readonly environment: NodeJS.ProcessEnv;
}

/** What a transport is made of: everything was read and checked. */
export interface TransportMaterial {
  readonly authorities: readonly string[];
  readonly certificates: ReadonlyMap<string, ClientCertificate>;
  readonly proxies: ProxyVariables | undefined;
  /** Authorities that Node itself was told of, which must stay known. */
  readonly nodeAuthorities: readonly string[];
}

/**
 * A `fetch` that goes as the settings say; undefined where the one of Node does. What it needs is loaded when it is
 * used first. Rejects with `settings-invalid`.
 */
export async function transportFetch(options: TransportOptions): Promise<Fetch | undefined> {
  const { caFiles, environment } = options;
  const proxies = proxyVariables(environment);
  if (caFiles.length === 0 && options.certificates.size === 0 && proxies === undefined) return undefined;
  const material = await materialOf(options);
  let made: Promise<Fetch> | undefined;
  return async (url, init) => {
    made ??= import('./undici-fetch.ts').then(({ undiciFetch }) => undiciFetch({ ...material, proxies }));
    return (await made)(url, init);
  };
}

/** What reads certificates is slow to load, and few need it. */
async function materialOf({
  caFiles,
  certificates: files,
  environment,
}: TransportOptions): Promise<Omit<TransportMaterial, 'proxies'>> {
  if (caFiles.length === 0 && files.size === 0)
    return { authorities: [], certificates: new Map(), nodeAuthorities: [] };
  const { authoritiesOf, clientCertificateOf } = await import('./tls-material.ts');
  const authorities = (await Promise.all([...new Set(caFiles)].map(authoritiesOf))).flat();
  const certificates = new Map<string, ClientCertificate>();
  for (const [origin, each] of files) certificates.set(origin, await clientCertificateOf(each));
  // Node warns by itself where it cannot read this one.
  const { NODE_EXTRA_CA_CERTS: extra = '' } = environment;
  const nodeAuthorities = extra === '' || authorities.length === 0 ? [] : await authoritiesOf(extra).catch(() => []);
  return { authorities, certificates, nodeAuthorities };
}
