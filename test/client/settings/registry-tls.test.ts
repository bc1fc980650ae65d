import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { addRegistry } from '../../../src/client/settings/add-registry.ts';
import { loginFor } from '../../../src/client/settings/login-for.ts';
import { describeTarget } from '../../../src/client/settings/registry-target.ts';
import { showRegistry } from '../../../src/client/settings/show-registry.ts';
import { certificates, demandsCertificate } from '../../helpers/certificates.ts';
import { httpsServer } from '../../helpers/http-server.ts';
import { proxyServer } from '../../helpers/proxy-server.ts';
import { publishedRegistry, servesFiles } from '../../helpers/published-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { settingsHome } from '../../helpers/settings-home.ts';

test('a registry that wants a certificate, by settings and by variables', async ({ skip }) => {
  const made = await certificates();
  if (made === undefined) return skip('openssl is not installed');
  const { environment, cwd, project } = await settingsHome();
  const server = await httpsServer(demandsCertificate(made), servesFiles(publishedRegistry()));
  const { ca, clientCert, clientKey } = made;
  const url = `${server.url}/`;
  const variables = { PACKYARD_CA_FILE: ca, PACKYARD_CLIENT_CERT: clientCert, PACKYARD_CLIENT_KEY: clientKey };
  const named = await showRegistry({ choice: { registry: url }, environment: { ...environment, ...variables }, cwd });
  expect(named).toMatchObject({ transport: { caFiles: [ca], clientCert }, live: { packs: 1 } });
  // One that only a project names is not told who asks.
  project({ registry: url });
  const strange = await showRegistry({ environment: { ...environment, ...variables }, cwd });
  expect(strange.transport).toEqual({ caFiles: [ca] });
  expect(strange.failure?.code).toMatch(/^registry-un/u);
  await addRegistry({ name: 'lab', url, caFile: ca, clientCert, clientKey, environment, cwd });
  const proxy = await proxyServer();
  const own = await showRegistry({ environment: { ...environment, https_proxy: proxy.url }, cwd });
  expect(own).toMatchObject({
    source: 'project',
    transport: { caFiles: [ca], clientCert, proxy: `${proxy.url}/` },
    live: { packs: 1 },
  });
  return undefined;
});

test('of two registries of one host, the one that is nearer to the address gives the certificates', async ({
  skip,
}) => {
  const made = await certificates();
  if (made === undefined) return skip('openssl is not installed');
  const { environment, cwd, folder, config } = await settingsHome();
  const copy = (file: string, name: string): string => {
    copyFileSync(file, join(folder, name));
    return join(folder, name);
  };
  const { ca: caFile, clientCert, clientKey } = made;
  const own = { caFile: copy(caFile, 'ca'), clientCert: copy(clientCert, 'cert'), clientKey: copy(clientKey, 'key') };
  const url = 'https://packs.example/team/';
  const all = { url: 'https://packs.example/', caFile, clientCert, clientKey };
  config({ registries: { all, team: { url, ...own } } });
  const tlsOf = async (registry: string): Promise<unknown> =>
    (await describeTarget({ registry }, environment, cwd)).tls;
  const given = (cert: string, key: string): object =>
    new Map([['https://packs.example', { clientCert: cert, clientKey: key }]]);
  const teams = { caFiles: [own.caFile], certificates: given(own.clientCert, own.clientKey) };
  expect(await tlsOf('team')).toEqual(teams);
  expect(await tlsOf(`${url}sub/`)).toEqual(teams);
  expect(await tlsOf('all')).toEqual({ caFiles: [caFile], certificates: given(clientCert, clientKey) });
  return undefined;
});

test('a secret that the keyring lost', async () => {
  const { environment, folder, credentials } = await settingsHome();
  const url = 'https://a.example/';
  credentials({ [url]: { kind: 'header', header: 'X-Key', keyring: true } });
  const nothing = async (): Promise<undefined> => undefined;
  let secret: string | undefined = 's3cr3t';
  const keyring = { name: 'a keyring', read: async () => secret, write: nothing, remove: nothing };
  const question = { address: { url, base: new URL(url) }, named: true, token: false, folder, environment, keyring };
  expect((await loginFor(question)).found?.login).toEqual({ kind: 'header', header: 'X-Key', secret: 's3cr3t' });
  secret = undefined;
  expect(await failureOf(loginFor(question))).toEqual({
    code: 'credentials-unusable',
    message: `The login for ${url} was stored in the keyring, which does not have it any more.`,
    hint: 'Log in again with packyard login, or forget it with packyard logout.',
  });
});
