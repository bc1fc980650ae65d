import type { SecretArgs, SecretsRules } from '../../model/rules/secrets-rules.ts';
import type { Catalog, Message } from './entry.ts';
import { quoted } from './words.ts';

const REVOKE = 'Revoke it where it was made: whoever can read the repository has it already, and its history keeps it.';

function within(inside: string | undefined): string {
  return inside === undefined ? '' : ` in ${quoted(inside)} of the chart`;
}

/** What is shown of a secret: enough to find it, too little to use it. */
function shown({ start, length }: { readonly start: string; readonly length: number }): string {
  return `(${quoted(`${start}…`)}, ${length} characters)`;
}

function published(args: SecretArgs): Message {
  const { kind, inside } = args;
  return { text: `${kind} ${shown(args)} is published${within(inside)}`, hint: REVOKE };
}

export const SECRETS: Catalog<SecretsRules> = {
  'secrets/private-key': {
    title: 'A private key in a pack',
    severity: 'warning',
    message: ({ kind, length, inside }) => ({
      text: `${kind} (${length} characters) is published${within(inside)}`,
      hint: 'Make a new key that never enters the repository: its history keeps this one.',
    }),
  },
  'secrets/cloud-key': {
    title: 'A key of a cloud account in a pack',
    severity: 'warning',
    message: published,
  },
  'secrets/token': {
    title: 'An access token in a pack',
    severity: 'warning',
    message: published,
  },
  'secrets/high-entropy': {
    title: 'A value that looks like a secret',
    severity: 'hint',
    message: (args) => ({
      text: `the value of ${quoted(args.key)} ${shown(args)} looks like a real secret${within(args.inside)}`,
      hint: 'Leave it empty, or read it from a variable of the profile; if it was ever in use, replace it there.',
    }),
  },
};
