import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { authoritiesOf, clientCertificateOf } from '../../../src/client/transport/tls-material.ts';
import { certificates, PASSPHRASE } from '../../helpers/certificates.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

test('authorities', async ({ skip }) => {
  const made = await certificates();
  if (made === undefined) return skip('openssl is not installed');
  const both = join(made.folder, 'both.pem');
  writeFileSync(both, `# two of them\n${readFileSync(made.ca, 'utf8')}\n${readFileSync(made.hostCert, 'utf8')}`);
  expect(await authoritiesOf(both)).toHaveLength(2);
  const hint = 'It must hold certificates of authorities in PEM form: -----BEGIN CERTIFICATE-----';
  expect(await failureOf(authoritiesOf(made.hostKey))).toEqual({
    code: 'settings-invalid',
    message: `${made.hostKey} holds no certificate.`,
    hint,
  });
  const bad = join(made.folder, 'bad.pem');
  writeFileSync(bad, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  expect(await failureOf(authoritiesOf(bad))).toEqual({
    code: 'settings-invalid',
    message: `${bad} holds a certificate that cannot be read.`,
    hint,
  });
  return undefined;
});

test('a certificate and its key', async ({ skip }) => {
  const made = await certificates();
  if (made === undefined) return skip('openssl is not installed');
  const { clientCert, clientKey, encryptedKey, hostKey, ca } = made;
  const passphrase = PASSPHRASE;
  expect(await clientCertificateOf({ clientCert, clientKey })).toHaveProperty('key');
  expect(await clientCertificateOf({ clientCert, clientKey: encryptedKey, passphrase })).toMatchObject({ passphrase });
  const together = join(made.folder, 'together.pem');
  writeFileSync(together, `${readFileSync(clientCert, 'utf8')}${readFileSync(clientKey, 'utf8')}`);
  expect(await clientCertificateOf({ clientCert: together, clientKey: together })).toHaveProperty('cert');
  const messageOf = async (files: Parameters<typeof clientCertificateOf>[0]): Promise<string> =>
    (await failureOf(clientCertificateOf(files))).message;
  expect(await messageOf({ clientCert, clientKey: hostKey })).toBe(
    `The key in ${hostKey} is not that of the certificate in ${clientCert}.`,
  );
  expect(await messageOf({ clientCert, clientKey: encryptedKey })).toBe(`The key in ${encryptedKey} is encrypted.`);
  expect(await messageOf({ clientCert, clientKey: encryptedKey, passphrase: 'wrong' })).toBe(
    `The key in ${encryptedKey} cannot be decrypted.`,
  );
  expect(await messageOf({ clientCert, clientKey: ca })).toMatch(/ca\.pem holds no private key \(\w+\)\.$/u);
  expect(await messageOf({ clientCert: hostKey, clientKey })).toMatch(/ cannot be read \(\w+\)\.$/u);
  return undefined;
});

test('files that cannot be read, or are no such files', async () => {
  const folder = await scratch();
  const missing = join(folder, 'missing.pem');
  expect(await failureOf(authoritiesOf(missing))).toEqual({
    code: 'settings-invalid',
    message: `${missing} cannot be read (ENOENT).`,
    hint: 'Check its path, and its permissions.',
  });
  const large = join(folder, 'large.pem');
  writeFileSync(large, Buffer.alloc(4_194_305));
  expect((await failureOf(authoritiesOf(large))).message).toBe(`${large} is larger than 4 MB.`);
});
