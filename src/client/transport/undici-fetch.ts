import { rootCertificates } from 'node:tls';

import { Agent, EnvHttpProxyAgent, fetch, type Dispatcher } from 'undici';

import { systemCode } from '../../errors.ts';
import type { Fetch } from '../../remote/http-answer.ts';
import { shownUrl } from '../../remote/registry-location.ts';
import { RequestFailure } from '../../remote/request-failure.ts';
import type { ProxyVariables } from './proxy-variables.ts';
import type { TransportMaterial } from './transport.ts';

/** The `fetch` of undici, whose connections are made of what was given. A redirect is never followed by itself. */
export function undiciFetch(material: TransportMaterial): Fetch {
  const { certificates, proxies } = material;
  const dispatchers = new Map<string, Dispatcher>();
  const dispatcherOf = ({ origin, protocol }: URL): Dispatcher => {
    // Origins without a certificate share their connections.
    const own = certificates.has(origin) ? origin : '';
    const key = `${protocol} ${own}`;
    const dispatcher = dispatchers.get(key) ?? newDispatcher(material, own, protocol);
    dispatchers.set(key, dispatcher);
    return dispatcher;
  };
  return async (url, options) => {
    const init = { ...options, redirect: 'manual', dispatcher: dispatcherOf(url) };
    try {
      // It is the same standard, declared twice.
      return (await fetch(url, init as never)) as unknown as Response;
    } catch (error) {
      const failure = proxies === undefined ? undefined : proxyFailure(error, url, proxies);
      throw failure ?? error;
    }
  };
}

function newDispatcher(
  { authorities, nodeAuthorities, certificates, proxies }: TransportMaterial,
  origin: string,
  protocol: string,
): Dispatcher {
  const trusted = authorities.length === 0 ? {} : { ca: [...rootCertificates, ...nodeAuthorities, ...authorities] };
  const tls = { ...trusted, ...certificates.get(origin) };
  const { http = '', https = '', none = '' } = proxies ?? {};
  // Else the proxy of one scheme would be used for the other as well.
  if ((protocol === 'https:' ? https : http) === '') return new Agent({ connect: tls });
  return new EnvHttpProxyAgent({
    httpProxy: http,
    httpsProxy: https,
    noProxy: none,
    // What needs no tunnel gets none: many proxies let them lead to port 443 only.
    proxyTunnel: false,
    connect: tls,
    requestTls: tls,
    // The proxy may be one of the same authority; who asks is only the registry's business.
    proxyTls: trusted,
  });
}

/** Where a proxy is in between, what went wrong may be between here and there. */
function proxyFailure(error: unknown, url: URL, proxies: ProxyVariables): RequestFailure | undefined {
  const proxy = url.protocol === 'https:' ? proxies.https : proxies.http;
  if (proxy === undefined) return undefined;
  const shown = shownUrl(new URL(proxy)).replace(/\/$/u, '');
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    const status = /Proxy response \((\d{3})\)/u.exec(cause.message)?.[1];
    if (status === '407') {
      return new RequestFailure({
        message: `cannot be reached: the proxy ${shown} wants a login (407 Proxy Authentication Required)`,
        hint: 'Put it into the proxy variable: http://USER:PASSWORD@HOST:PORT.',
        cause: error,
      });
    }
    if (status !== undefined) {
      return new RequestFailure({
        message: `cannot be reached: the proxy ${shown} answers ${status}`,
        hint: 'Ask those who run the proxy, or name the host in NO_PROXY where it can be reached without.',
        again: Number(status) >= 500,
        cause: error,
      });
    }
    const { address, port } = cause as { address?: unknown; port?: unknown };
    const code = systemCode(cause);
    const there = new URL(proxy);
    const same = String(port) === (there.port === '' ? '80' : there.port);
    if (code === 'ECONNREFUSED' && address !== undefined && same && there.host !== url.host) {
      return new RequestFailure({
        message: `cannot be reached: the proxy ${shown} refuses the connection (${code})`,
        hint: 'Check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY, and that the proxy is running.',
        cause: error,
      });
    }
  }
  return undefined;
}
