import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { localServer, registryFolder } from '../../helpers/local-server.ts';
import { publishedRegistry } from '../../helpers/published-registry.ts';
import { rawRequest } from '../../helpers/raw-request.ts';

describe('the page', () => {
  test('shows packs as text, whatever they are called, and runs nothing of theirs', async () => {
    const evil = `<script>alert(1)</script>"'&\u001b[31m`;
    const files = publishedRegistry({
      index: (index) => Object.assign(index, { registry: { name: 'demo', title: evil } }),
      search: (search) => {
        const [pack] = search['packs'] as Record<string, unknown>[];
        Object.assign(pack ?? {}, { displayName: evil, description: evil });
      },
    });
    const { url } = await localServer({ folder: await registryFolder(files) });
    const { headers, body } = await rawRequest(url, '/');
    const html = String(body);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    for (const refused of ['<script', '\u001b']) expect(html).not.toContain(refused);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.* script-src 'self'; style-src 'self'$/u),
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(html).toContain('href="/packs/demo/1.0.0/demo-1.0.0.tar.gz"');
  });

  test('says what is wrong with a registry that was damaged meanwhile', async () => {
    const folder = await registryFolder();
    const { url } = await localServer({ folder });
    writeFileSync(join(folder, 'index.json'), '<b>');
    const { status, body } = await rawRequest(url, '/');
    expect(status).toBe(200);
    expect(String(body)).toContain('index.json');
    expect(String(body)).not.toContain('<b>');
  });
});
