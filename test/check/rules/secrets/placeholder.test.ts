import { expect, test } from 'vitest';

import { isPlaceholder } from '../../../../src/check/rules/secrets/placeholder.ts';
import { joined, randomText } from './secret-samples.ts';

test.each([
  '{{ .Values.token }}',
  '${DB_PASSWORD}',
  '$(DB_PASSWORD)',
  '<your-key>',
  'changeme',
  'change-me',
  'CHANGE_THIS',
  'xxxxxxxxxxxx',
  'aaaaaaaaaaaaaaaa',
  'abcdefghijklmnop',
  '1234567890',
  'your-api-token',
  'REPLACE_WITH_TOKEN',
  'MIIEpAIBAAKCAQEA...',
  'put-the-token-here',
  joined('AKIA', 'IOSFODNN7EXAMPLE'),
  joined('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'),
  joined('Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu', 'Fq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='),
])('%s stands for a secret', (value) => {
  expect(isPlaceholder(value)).toBe(true);
});

test.each(['', 'k9ZqTr4mXv7Lp2Wn', randomText(500)])('%j does not', (value) => {
  expect(isPlaceholder(value)).toBe(false);
});
