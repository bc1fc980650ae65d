import { describe, expect, test } from 'vitest';

import { proxyVariables } from '../../../src/client/transport/proxy-variables.ts';
import { PackyardError } from '../../../src/errors.ts';

describe('what is set', () => {
  test.each([
    [{}, undefined],
    [{ HTTP_PROXY: '', https_proxy: '' }, undefined],
    [{ HTTP_PROXY: 'http://a:1' }, { http: 'http://a:1/', none: '' }],
    [
      { HTTPS_PROXY: 'a:1', NO_PROXY: 'x,y' },
      { https: 'http://a:1/', none: 'x,y' },
    ],
    [
      { HTTPS_PROXY: 'a:1', NO_PROXY: '::1 fe80::1,[::2]:80,x:80' },
      { https: 'http://a:1/', none: '[::1],[fe80::1],[::2]:80,x:80' },
    ],
    [
      { https_proxy: 'http://a', HTTPS_PROXY: 'http://b' },
      { https: 'http://a/', none: '' },
    ],
    [{ ALL_PROXY: 'https://a' }, { http: 'https://a/', https: 'https://a/', none: '' }],
    [
      { all_proxy: 'http://a', http_proxy: 'http://b' },
      { http: 'http://b/', https: 'http://a/', none: '' },
    ],
    [{ HTTP_PROXY: 'http://a', NO_PROXY: 'b, *' }, undefined],
    [{ HTTP_PROXY: 'http://a', REQUEST_METHOD: 'GET' }, undefined],
    [
      { http_proxy: 'http://a', REQUEST_METHOD: 'GET' },
      { http: 'http://a/', none: '' },
    ],
  ])('%j', (environment, expected) => {
    expect(proxyVariables(environment)).toEqual(expected);
  });
});

describe('what cannot be used', () => {
  test.each([
    ['http://me:s3cr3t@[', 'HTTPS_PROXY (or ALL_PROXY) holds no valid address of a proxy.'],
    ['socks5://me:s3cr3t@a:1', 'HTTPS_PROXY (or ALL_PROXY) names socks5://a:1: Packyard speaks to HTTP proxies only.'],
  ])('%s', (HTTPS_PROXY, message) => {
    let thrown: unknown;
    try {
      proxyVariables({ HTTPS_PROXY });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PackyardError);
    expect(thrown).toMatchObject({
      code: 'settings-invalid',
      message,
      hint: 'Set it to http://HOST:PORT, unset it, or name hosts that are reached without it in NO_PROXY.',
    });
  });
});
