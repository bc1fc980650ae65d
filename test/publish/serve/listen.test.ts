import { connect } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { listen } from '../../../src/publish/serve/listen.ts';

test('a client that takes nothing of what it asked for is let go', async () => {
  let ended = false;
  const server = await listen(
    (_, response) => {
      response.on('close', () => {
        ended = true;
      });
      response.end(Buffer.alloc(64 * 1024 * 1024));
    },
    { host: '127.0.0.1', port: 0, idle: 50 },
  );
  onTestFinished(() => server.close());
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).pause();
  onTestFinished(() => void socket.destroy());
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await expect.poll(() => ended, { timeout: 20_000 }).toBe(true);
});
