import { isIPv6 } from 'node:net';

import { PackyardError } from '../../errors.ts';
import { shownUrl } from '../../remote/registry-location.ts';

/** Proxies that the environment names; undefined where there is none for a scheme. */
export interface ProxyVariables {
  readonly http?: string;
  readonly https?: string;
  /** Hosts to which no proxy leads, divided by commas; `*` for all. */
  readonly none: string;
}

/**
 * Reads `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in both cases, of which the lower one goes first.
 * Undefined where none is set. Throws `settings-invalid`; no message holds credentials.
 */
export function proxyVariables(environment: NodeJS.ProcessEnv): ProxyVariables | undefined {
  const valueOf = (name: string): string | undefined => {
    const lower = environment[name.toLowerCase()];
    return lower === undefined || lower === '' ? nonEmpty(environment[name]) : lower;
  };
  const all = valueOf('ALL_PROXY');
  // Where this runs for a web server, a visitor's header "Proxy" becomes this variable.
  const visitors = nonEmpty(environment['REQUEST_METHOD']) !== undefined;
  const http = (visitors ? nonEmpty(environment['http_proxy']) : valueOf('HTTP_PROXY')) ?? all;
  const https = valueOf('HTTPS_PROXY') ?? all;
  if (http === undefined && https === undefined) return undefined;
  const none = valueOf('NO_PROXY') ?? '';
  if (none.split(/[\s,]+/u).includes('*')) return undefined;
  return {
    ...(http !== undefined && { http: proxyUrl(http, 'HTTP_PROXY') }),
    ...(https !== undefined && { https: proxyUrl(https, 'HTTPS_PROXY') }),
    none: none
      .split(/[\s,]+/u)
      .map(inBrackets)
      .join(','),
  };
}

/** As it stands in an address: without brackets its end would be taken for a port. */
function inBrackets(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** A proxy is often given without its scheme, as `proxy.example.org:3128`. */
function proxyUrl(text: string, name: string): string {
  const full = /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined) throw invalid(`${name} (or ALL_PROXY) holds no valid address of a proxy.`);
  if (['http:', 'https:'].includes(url.protocol)) return url.href;
  throw invalid(`${name} (or ALL_PROXY) names ${shownUrl(url)}: Packyard speaks to HTTP proxies only.`);
}

function invalid(message: string): PackyardError {
  return new PackyardError({
    code: 'settings-invalid',
    message,
    hint: 'Set it to http://HOST:PORT, unset it, or name hosts that are reached without it in NO_PROXY.',
  });
}
