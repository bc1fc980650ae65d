import { shownUrl } from '../../remote/registry-location.ts';
import { proxyVariables } from '../transport/proxy-variables.ts';
import type { DescribedTarget } from './registry-target.ts';

/** How a registry is asked, without secrets. */
export interface TransportFacts {
  readonly caFiles: readonly string[];
  readonly clientCert?: string;
  readonly proxy?: string;
}

export function transportFacts(
  { tls, chosen }: Pick<DescribedTarget, 'tls' | 'chosen'>,
  environment: NodeJS.ProcessEnv,
): TransportFacts {
  const { base } = chosen.address;
  if (base === undefined) return { caFiles: [] };
  const certificate = tls.certificates.get(base.origin);
  const proxies = proxyVariables(environment);
  const proxy = base.protocol === 'https:' ? proxies?.https : proxies?.http;
  return {
    caFiles: tls.caFiles,
    ...(certificate !== undefined && { clientCert: certificate.clientCert }),
    ...(proxy !== undefined && { proxy: shownUrl(new URL(proxy)) }),
  };
}
