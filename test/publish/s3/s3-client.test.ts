import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { openS3Store } from '../../../src/publish/s3/s3-store.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';
import { useCredentials } from '../../helpers/s3-server.ts';

const TARGET = { bucket: 'registry', prefix: '', region: 'eu-west-1' };
const HINT =
  'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE, or give the runner a role (OIDC).';
const KEYS = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 's3cr3t' };

/** Files of a profile, in the variables that name them. */
async function profile(config: string, credentials = ''): Promise<Record<string, string>> {
  const folder = await scratch();
  const [AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE] = [join(folder, 'config'), join(folder, 'credentials')];
  writeFileSync(AWS_CONFIG_FILE, config);
  writeFileSync(AWS_SHARED_CREDENTIALS_FILE, credentials);
  return { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE };
}

/** Where the credentials come from, as a refusal says. */
async function sourceSaid(): Promise<string> {
  const refusing = await httpServer((request, response) => {
    request.resume();
    response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>ExpiredToken</Code></Error>');
  });
  const store = await openS3Store({ ...TARGET, endpoint: refusing.url });
  onTestFinished(() => store.close());
  const { hint } = await failureOf(store.read('index.json', 1));
  return /^They come from (.*)\. Get new ones/u.exec(hint ?? '')?.[1] ?? '';
}

describe('openS3Store', () => {
  test('says so where there are no credentials', async () => {
    useCredentials({});
    await expect(failureOf(openS3Store({ ...TARGET, prefix: 'packs' }))).resolves.toEqual({
      code: 'credentials-unusable',
      message: 's3://registry/packs needs credentials, and none were found.',
      hint: HINT,
    });
  });

  test('says so where nobody knows the region', async () => {
    useCredentials(KEYS);
    await expect(failureOf(openS3Store({ bucket: 'registry', prefix: '' }))).resolves.toEqual({
      code: 'usage',
      message: 's3://registry cannot be used: its region is not known.',
      hint: 'Name it with --region or AWS_REGION.',
    });
  });

  test('takes the region of a profile', async () => {
    useCredentials({ ...KEYS, ...(await profile('[default]\nregion = eu-west-3\n')) });
    const store = await openS3Store({ bucket: 'registry', prefix: '' });
    expect(store.location).toBe('s3://registry');
    await store.close();
  });

  test('never shows what a program for credentials printed', async () => {
    requirePosix('scripts that are programs');
    const folder = await scratch();
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\necho s3cr3t >&2\nexit 1\n');
    chmodSync(program, 0o755);
    useCredentials(await profile(`[default]\ncredential_process = ${program}\n`));
    const failure = await failureOf(openS3Store(TARGET));
    expect(failure.message).toBe('s3://registry needs credentials, and none were found.');
  });

  test('shows what is wrong with a profile', async () => {
    const sso = 'sso_session = it\nsso_account_id = 1\nsso_role_name = r\n';
    const session = '[sso-session it]\nsso_region = eu-west-1\nsso_start_url = https://sso.example\n';
    useCredentials({ AWS_PROFILE: 'work', ...(await profile(`[profile work]\n${sso}${session}`)) });
    const { message } = await failureOf(openS3Store(TARGET));
    expect(message).toMatch(/^s3:\/\/registry needs credentials, and none were found: .*SSO session/u);
    expect(message).toMatch(/[^.]\.$/u);
  });

  test('says from where refused credentials come: variables', async () => {
    useCredentials(KEYS);
    await expect(sourceSaid()).resolves.toBe('the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  });

  test('says from where refused credentials come: a profile', async () => {
    const keys = '[work]\naws_access_key_id = key\naws_secret_access_key = s3cr3t\n';
    useCredentials({ AWS_PROFILE: 'work', ...(await profile('', keys)) });
    await expect(sourceSaid()).resolves.toBe('the profile work');
  });

  test('says from where refused credentials come: a program', async () => {
    const answer = JSON.stringify({ Version: 1, AccessKeyId: 'key', SecretAccessKey: 's3cr3t' });
    const folder = await scratch();
    writeFileSync(join(folder, 'answer'), answer);
    useCredentials(await profile(`[default]\ncredential_process = cat ${join(folder, 'answer')}\n`));
    await expect(sourceSaid()).resolves.toBe('the credential_process of the profile');
  });

  test('says from where refused credentials come: a container', async () => {
    const answer = { AccessKeyId: 'key', SecretAccessKey: 's3cr3t', Token: 't', Expiration: '2999-01-01T00:00:00Z' };
    const container = await httpServer((_, response) => {
      response.end(JSON.stringify(answer));
    });
    useCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.url}/` });
    await expect(sourceSaid()).resolves.toBe('the container (AWS_CONTAINER_CREDENTIALS_FULL_URI or _RELATIVE_URI)');
  });

  test('goes the way that it is given', async () => {
    useCredentials(KEYS);
    const asked: string[] = [];
    const store = await openS3Store({
      ...TARGET,
      prefix: 'packs',
      fetch: async (url, { method }) => {
        asked.push(`${method} ${url.href}`);
        return new Response('{}', { headers: { etag: '"1"' } });
      },
    });
    await store.read('index.json', 10);
    await store.close();
    expect(asked).toEqual(['GET https://registry.s3.eu-west-1.amazonaws.com/packs/index.json?x-id=GetObject']);
  });

  test('says nothing of its own accord, and leaves the variables as they are', async () => {
    useCredentials(KEYS);
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', undefined);
    const warned = vi.spyOn(process, 'emitWarning');
    const before = { ...process.env };
    await (await openS3Store(TARGET)).close();
    expect(process.env).toEqual(before);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});
