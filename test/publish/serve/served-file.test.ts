import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { type LocalServer } from '../../../src/publish/serve/serve.ts';
import { localServer, registryFolder } from '../../helpers/local-server.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { ATTACKS } from '../../helpers/traversal-attacks.ts';

const SECRET = 'what nobody may see';

describe('what lies elsewhere', () => {
  async function trapped(): Promise<LocalServer> {
    const folder = await registryFolder();
    const beside = join(folder, '..', 'secret.txt');
    writeFileSync(beside, SECRET);
    writeFileSync(join(folder, 'secret.txt'), SECRET);
    writeFileSync(join(folder, '.env'), SECRET);
    for (const name of ['.git', '.packyard']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, '.git/config'), SECRET);
    writeFileSync(join(folder, '.packyard/lock'), SECRET);
    symlinkSync(beside, join(folder, 'link.txt'));
    symlinkSync(beside, join(folder, 'packs/link.json'));
    mkdirSync(join(folder, '..', 'other'));
    writeFileSync(join(folder, '../other/secret.txt'), SECRET);
    symlinkSync(join(folder, '../other'), join(folder, 'packs/linked'));
    execFileSync('mkfifo', [join(folder, 'packs/pipe')]);
    return localServer({ folder });
  }

  /** Byte for byte what is written: clients mend such targets, or refuse to send them. */
  async function rawly(url: string, target: string): Promise<string> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(Buffer.from(`GET ${target} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('latin1');
  }

  test('is never sent, however it is asked for', async () => {
    const { url } = await trapped();
    for (const target of ATTACKS) {
      const answer = await rawly(url, target);
      expect({ target, answer }).toEqual({
        target,
        answer: expect.stringMatching(/^HTTP\/1\.1 (?:400 Bad Request|404 Not Found)\r\n/u),
      });
      expect(answer).not.toContain(SECRET);
      expect(answer).not.toContain('packyard-index');
    }
    expect((await rawRequest(url, '/index.json')).status).toBe(200);
  });

  test('says the same of what is not there and of what may not be seen', async () => {
    const { url } = await trapped();
    const [absent, hidden] = [await rawRequest(url, '/packs/none.json'), await rawRequest(url, '/packs/link.json')];
    expect(String(absent.body)).toBe('There is no such file.\n');
    expect({ ...hidden, headers: { ...hidden.headers, date: '' } }).toEqual({
      ...absent,
      headers: { ...absent.headers, date: '' },
    });
    expect(absent.headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
  });
});
