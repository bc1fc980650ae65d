import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { expect, onTestFinished, vi } from 'vitest';

import { PEERS_REQUIRED } from './peers.ts';
import { scratch } from './scratch.ts';

/** A real S3 server on this machine, with one bucket, until the test ends. */
export interface S3Server {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Of who may do everything; the variables of this process name the same. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** For processes of their own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the server keeps the objects of the bucket, as files. */
  readonly folder: string;
}

/** `.ci/run` installs it here; elsewhere it may be on the path. */
const PEERS = resolve(import.meta.dirname, '../../node_modules/.cache/peers');

/** The Versity S3 Gateway: objects as files of a folder, conditions, multipart and ETags as S3 has them. */
const PROGRAM = 'versitygw';

const CREDENTIALS = { accessKeyId: 'packyardtest', secretAccessKey: 'a-secret-that-no-message-shows' };
const BUCKET = 'registry';

function search(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [PEERS, process.env['PATH']].join(delimiter) };
}

/** Why nothing can be tested with it here, or undefined when it can, or must. */
export function missingS3Server(): string | undefined {
  if (PEERS_REQUIRED) return undefined;
  const there = spawnSync(PROGRAM, ['--version'], { stdio: 'ignore', env: search() }).status === 0;
  return there ? undefined : `no ${PROGRAM} here: see the step "peers" of .ci/run`;
}

/** Starts one with an empty bucket, and makes its credentials those of this process. */
export async function s3Server(): Promise<S3Server> {
  const top = await scratch();
  const [objects, sidecar, folder] = [join(top, 'objects'), join(top, 'sidecar'), join(top, 'objects', BUCKET)];
  for (const each of [sidecar, folder]) mkdirSync(each, { recursive: true });
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const child = started(port, objects, sidecar);
    if (await answers(endpoint, child)) {
      const environment = {
        AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
        AWS_ENDPOINT_URL_S3: endpoint,
        AWS_REGION: 'us-east-1',
      };
      useCredentials(environment);
      return { endpoint, bucket: BUCKET, credentials: CREDENTIALS, environment, folder };
    }
    // Somebody else may have taken the port in between.
    if (tries === 3) return expect.fail(`${PROGRAM} does not start`);
  }
}

/** Variables of this process until the test ends; those of whoever runs the tests do not count. */
export function useCredentials(environment: Readonly<Record<string, string>>): void {
  const own = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  for (const name of own) vi.stubEnv(name, undefined);
  const nowhere = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
  const quiet = { AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const all = { ...nowhere, ...quiet, ...environment };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

function started(port: number, objects: string, sidecar: string): ChildProcess {
  const { accessKeyId, secretAccessKey } = CREDENTIALS;
  const child = spawn(
    PROGRAM,
    ['--port', `127.0.0.1:${port}`, '--quiet', '--keep-alive', 'posix', '--sidecar', sidecar, objects],
    {
      stdio: 'ignore',
      env: { ...search(), ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
    },
  );
  child.on('error', () => undefined);
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const ended = new Promise((end) => child.once('exit', end));
    child.kill('SIGKILL');
    await ended;
  });
  return child;
}

async function answers(endpoint: string, child: ChildProcess): Promise<boolean> {
  for (let waited = 0; waited < 200 && child.exitCode === null; waited += 1) {
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer !== undefined) return true;
    await setTimeout(50);
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
