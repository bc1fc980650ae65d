import { createServer, type RequestListener, type Server } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';

import { PackyardError, systemCode } from '../../errors.ts';

export interface ListenOptions {
  /** A name or address of this machine. */
  readonly host: string;
  /** 0 for any that is free. Default: 7225, or the next one that is free. */
  readonly port?: number;
  /** Milliseconds for which a client may neither send nor take anything; 120,000 unless told. */
  readonly idle?: number;
}

export interface ListeningServer {
  /** With a slash at its end. */
  readonly url: string;
  /** Ends what is being sent within two seconds. */
  close(): Promise<void>;
}

const FIRST_PORT = 7225;
/** How many ports are tried before the system chooses one. */
const TRIES = 20;

/** Longer than any pause of a client that is still there, and than that between two signs of life of `StateEvents`. */
const IDLE = 120_000;

/** How long a transfer may go on once the server is to end; in milliseconds. */
const GRACE = 2000;

/** Starts a server. Rejects with `address-unusable`. */
export async function listen(
  listener: RequestListener,
  { host, port, idle = IDLE }: ListenOptions,
): Promise<ListeningServer> {
  const server = createServer(listener);
  server.setTimeout(idle);
  const ports = port === undefined ? [...Array.from({ length: TRIES }, (_, index) => FIRST_PORT + index), 0] : [port];
  for (const candidate of ports) {
    try {
      await listening(server, host, candidate);
      return { url: urlOf(host, server.address() as AddressInfo), close: () => closed(server) };
    } catch (error) {
      if (systemCode(error) === 'EADDRINUSE' && candidate !== ports.at(-1)) continue;
      throw unusable(host, candidate, error);
    }
  }
  throw new TypeError('no port was tried');
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(host: string, { port }: AddressInfo): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}/`;
}

async function closed(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE);
  await ended;
  clearTimeout(timer);
}

const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  EADDRINUSE: [
    'another program listens there',
    'End that one, name another port with --port, or leave --port out to get the next one that is free.',
  ],
  EACCES: ['this user may not listen there', 'Name a port from 1024 on with --port.'],
  EADDRNOTAVAIL: ['this machine does not have that address', 'Leave --host out to serve this machine only.'],
  ENOTFOUND: ['there is no such host', 'Leave --host out to serve this machine only.'],
};

function unusable(host: string, port: number, cause: unknown): PackyardError {
  const code = systemCode(cause) ?? 'unknown error';
  const [what, hint] = REASONS[code] ?? [code, 'Name another one with --host and --port.'];
  return new PackyardError({
    code: 'address-unusable',
    message: `No server can be started at port ${port} of ${host}: ${what}.`,
    hint,
    cause,
  });
}
