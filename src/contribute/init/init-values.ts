import { basename } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { isPackName } from '../../model/pack-name.ts';
import { checkedBranch } from '../../publish/git/branch-name.ts';
import type { InitFacts } from './init-facts.ts';
import type { InitAnswers, PublishTarget } from './init-options.ts';
import { packGlobs } from './pack-globs.ts';
import { pagesAddress, remoteAddress } from './remote-address.ts';

/** Everything that the files of a new registry say. */
export interface InitValues {
  readonly name: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly repository: string | undefined;
  /** Where readers will find the registry; undefined where that is not known yet. */
  readonly url: string | undefined;
  readonly host: PublishTarget;
  readonly owners: readonly string[];
  readonly branch: string;
  readonly globs: readonly string[];
  /** Name of the first pack; undefined for none. */
  readonly pack: string | undefined;
}

const FIRST_PACK = 'hello-world';

/**
 * What was answered, and for the rest what is there already or what folder and remote suggest. Throws `usage` for an
 * answer that cannot be.
 */
export function initValues(facts: InitFacts, answers: InitAnswers = {}): InitValues {
  const { config, remote, packs } = facts;
  const { description = config?.description } = answers;
  const name = checked('--name', answers.name ?? config?.name ?? proposedName(facts), isPackName, NAME_RULE);
  const title = checked('--title', answers.title ?? ownTitle(facts) ?? titleOf(name), isText, TEXT_RULE);
  const repository = answers.repository ?? config?.repository ?? remote?.web;
  const host = answers.host ?? facts.host ?? 'pages';
  const page = remote ?? (repository === undefined ? undefined : remoteAddress(repository));
  const url = answers.url ?? (host === 'pages' && page !== undefined ? pagesAddress(page) : undefined);
  const pack = answers.pack ?? (packs.length > 0 || config !== undefined ? false : FIRST_PACK);
  return {
    name,
    title,
    description: description === undefined ? undefined : checked('--description', description, isText, TEXT_RULE),
    repository: repository === undefined ? undefined : checked('--repository', repository, isAddress, ADDRESS_RULE),
    url: url === undefined ? undefined : checked('--url', url, isAddress, ADDRESS_RULE),
    host,
    owners: (answers.owners ?? []).map((owner) => checked('--owners', owner, isOwner, OWNER_RULE)),
    branch: answers.branch === undefined ? facts.branch : checkedBranch(answers.branch),
    globs: config?.packs ?? packGlobs(packs),
    pack: pack === false ? undefined : checked('--pack', pack, isFirstPackName, PACK_RULE),
  };
}

const NAME_RULE = 'It takes lower-case letters and digits, with -, _ or . between them, at most 100.';
const PACK_RULE = 'It takes letters, digits and -, and begins with a letter, as names in Kubernetes do; at most 63.';
const TEXT_RULE = 'It takes one line of at most 1000 characters.';
const ADDRESS_RULE = 'It takes an http(s) address without user, password and blanks.';
const OWNER_RULE = 'It takes @user, @organisation/team or an e-mail address.';

/** Whether a text is one line that a configuration can hold. */
export function isText(text: string): boolean {
  const isLine = !/[\n\t]/u.test(text) && escapeControl(text) === text;
  return isLine && text.trim() !== '' && text.length <= 1000 && Buffer.from(text).toString('utf8') === text;
}

/** Whether a text is an address that may be published. */
export function isAddress(text: string): boolean {
  return text.length <= 500 && /^https?:\/\/[^\s@]+$/u.test(text) && isText(text) && URL.canParse(text);
}

/** Whether a pack and what it installs can have that name, and YAML takes it for a text. */
function isFirstPackName(text: string): boolean {
  const isLabel = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/u.test(text) && text.length <= 63 && isPackName(text);
  return isLabel && !/^(?:true|false|null|yes|no|on|off|y|n)$/u.test(text);
}

/** Whether CODEOWNERS may name it. */
export function isOwner(text: string): boolean {
  return /^(?:@[A-Za-z0-9][\w.-]*(?:\/[\w.-]+)*|[^\s@#!]+@[^\s@#]+\.[^\s@#]+)$/u.test(text) && isText(text);
}

function checked(flag: string, text: string, isRight: (text: string) => boolean, rule: string): string {
  if (isRight(text)) return text;
  throw new PackyardError({
    code: 'usage',
    message: `${flag} cannot be ${JSON.stringify(escapeControl(text))}.`,
    hint: rule,
  });
}

function proposedName({ root, remote }: InitFacts): string {
  const source = remote?.path.split('/').at(-1) ?? basename(root);
  const plain = source
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/gu, '-')
    .slice(0, 100)
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/gu, '');
  return isPackName(plain) ? plain : 'packs';
}

/** A title that is not only the name, which it is where none is written. */
function ownTitle({ config }: InitFacts): string | undefined {
  return config === undefined || config.title === config.name ? undefined : config.title;
}

/** `acme-packs` → `Acme packs`. */
function titleOf(name: string): string {
  const words = name.replaceAll(/[-_.]+/gu, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
