import type { SecretsRules } from '../../../src/model/rules/secrets-rules.ts';
import type { Cases } from './case.ts';

const REVOKE = 'Revoke it where it was made: whoever can read the repository has it already, and its history keeps it.';
const NEW_KEY = 'Make a new key that never enters the repository: its history keeps this one.';
const LEAVE_EMPTY =
  'Leave it empty, or read it from a variable of the profile; if it was ever in use, replace it there.';

export const SECRETS: Cases<SecretsRules> = {
  'secrets/private-key': [
    {
      args: { kind: 'a private key', length: 1624 },
      text: 'a private key (1624 characters) is published',
      hint: NEW_KEY,
    },
    {
      args: { kind: 'a private key', length: 1624, inside: 'files/tls.key' },
      text: 'a private key (1624 characters) is published in "files/tls.key" of the chart',
      hint: NEW_KEY,
    },
  ],
  'secrets/cloud-key': [
    {
      args: { kind: 'a secret access key of AWS', start: 'k9Zq', length: 40 },
      text: 'a secret access key of AWS ("k9Zq…", 40 characters) is published',
      hint: REVOKE,
    },
    {
      args: { kind: 'a secret access key of AWS', start: 'k9Zq', length: 40, inside: 'values.yaml' },
      text: 'a secret access key of AWS ("k9Zq…", 40 characters) is published in "values.yaml" of the chart',
      hint: REVOKE,
    },
  ],
  'secrets/token': [
    {
      args: { kind: 'a token of GitHub', start: 'ghp_', length: 40 },
      text: 'a token of GitHub ("ghp_…", 40 characters) is published',
      hint: REVOKE,
    },
    {
      args: { kind: 'a token of GitHub', start: 'ghp_', length: 40, inside: 'values.yaml' },
      text: 'a token of GitHub ("ghp_…", 40 characters) is published in "values.yaml" of the chart',
      hint: REVOKE,
    },
  ],
  'secrets/high-entropy': [
    {
      args: { key: 'adminPassword', start: 'k9Zq', length: 20 },
      text: 'the value of "adminPassword" ("k9Zq…", 20 characters) looks like a real secret',
      hint: LEAVE_EMPTY,
    },
    {
      args: { key: 'token', start: 'k9Zq', length: 20, inside: 'values.yaml' },
      text: 'the value of "token" ("k9Zq…", 20 characters) looks like a real secret in "values.yaml" of the chart',
      hint: LEAVE_EMPTY,
    },
  ],
};
