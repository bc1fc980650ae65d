import { PackyardError } from '../../errors.ts';
import { ADDON_TYPES } from '../../check/addon-types.ts';
import type { Layer } from '../../model/layer.ts';
import { nextFreeVersion } from '../../model/next-version.ts';
import { isPackName } from '../../model/pack-name.ts';
import { foldedPath, notPortable } from '../../model/portable-path.ts';
import { compareVersions } from '../../model/version.ts';
import { displayName as shownName } from '../chart/display-name.ts';
import type { DraftPart, ProposedFacts } from '../draft-part.ts';
import type { KnownPack } from '../registry-repository.ts';
import type { AskedFacts } from './new-pack-options.ts';

/** What a new pack says of itself, decided. */
export interface PackFacts {
  readonly name: string;
  readonly version: string;
  readonly layer: Layer;
  readonly displayName: string;
  readonly addonType?: string;
  readonly cloudTypes: readonly string[];
  readonly namespace?: string;
  readonly description?: string;
  readonly source: string;
  readonly contributor?: string;
  /** Page of the software. */
  readonly home?: string;
  /** Version of the software, where the pack's own is another one. */
  readonly upstreamVersion?: string;
  /** Versions of Kubernetes that it runs on. */
  readonly kubeVersion?: string;
  /** Facts that nobody said and nothing proves. */
  readonly guessed: ReadonlySet<'layer' | 'addonType' | 'version' | 'namespace'>;
}

/** From where facts come, most trusted first. */
export interface FactSources {
  readonly asked: AskedFacts;
  /** Packs of the repository. */
  readonly packs: readonly KnownPack[];
  readonly parts: readonly DraftPart[];
  /** The name that Git knows. */
  readonly user: string | undefined;
}

const VERSION = /^[vV]?[0-9](?:[0-9A-Za-z.+_-]*[0-9A-Za-z])?$/u;
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;
/** As `isPackName` has it. */
const LONGEST_NAME = 100;
const LONGEST_DESCRIPTION = 1000;
const LONGEST_DISPLAY_NAME = 200;

/** Facts as far as they are known; what is asked for goes before what the repository has, and that before sources. */
export function packFacts({ asked, packs, parts, user }: FactSources): PackFacts {
  const proposed = proposals(parts);
  const name = asked.name ?? proposed.name;
  if (name === undefined) throw refused('A pack needs a name.', 'Give it one: packyard new NAME');
  requireName(name);
  const known = newestOf(packs, name);
  const layer = asked.layer ?? known?.layer ?? 'addon';
  const version = asked.version ?? proposed.version ?? (known === undefined ? '1.0.0' : nextVersion(packs, name));
  requireVersion(version);
  const displayName = [asked.displayName, known?.displayName, proposed.displayName].find(isSaid) ?? shownName(name, []);
  const type = asked.addonType ?? known?.addonType ?? typeOf(proposed.keywords ?? [], name);
  const namespace = asked.namespace ?? namespaceOf(name, layer, parts);
  if (asked.namespace !== undefined && !NAMESPACE.test(asked.namespace)) throw noNamespace(asked.namespace);
  const description = (asked.description ?? proposed.description)?.trim().slice(0, LONGEST_DESCRIPTION);
  const contributor = asked.contributor ?? user;
  const { home = proposed.sources?.[0], appVersion, kubeVersion } = proposed;
  return {
    name,
    version,
    layer,
    displayName,
    ...(layer === 'addon' && { addonType: type ?? 'app services' }),
    cloudTypes: asked.cloudTypes ?? ['all'],
    ...(namespace !== undefined && { namespace }),
    ...(description !== undefined && description !== '' && { description }),
    source: asked.source ?? 'community',
    ...(contributor !== undefined && contributor.trim() !== '' && { contributor: contributor.trim() }),
    ...(home !== undefined && { home }),
    ...(appVersion !== undefined && appVersion !== version && { upstreamVersion: appVersion }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    guessed: new Set([
      ...(asked.layer === undefined && known?.layer === undefined ? (['layer'] as const) : []),
      ...(asked.addonType === undefined && known?.addonType === undefined && layer === 'addon'
        ? (['addonType'] as const)
        : []),
      ...(asked.version === undefined && proposed.version === undefined ? (['version'] as const) : []),
      ...(asked.namespace === undefined && namespace !== undefined ? (['namespace'] as const) : []),
    ]),
  };
}

/** Why a release cannot be a new one of a repository; undefined when it can. */
export function takenRelease(packs: readonly KnownPack[], name: string, version: string): PackyardError | undefined {
  const own = packs.filter((pack) => pack.name === name);
  const same = own.find((pack) => foldedPath(pack.version) === foldedPath(version));
  if (same === undefined) return undefined;
  const next = nextFreeVersion(
    version,
    own.map((pack) => pack.version),
  );
  return new PackyardError({
    code: 'version-exists',
    message: `${name} ${same.version} is there already, in ${same.directory}.`,
    hint: `The next free version is ${next}: --version ${next}, or packyard bump ${name}.`,
  });
}

/** The first of the sources that says something, fact by fact; charts come before manifests and roles. */
function proposals(parts: readonly DraftPart[]): ProposedFacts {
  const facts: ProposedFacts = Object.fromEntries(parts.toReversed().flatMap((part) => Object.entries(part.facts)));
  const { displayName, description } = facts;
  return {
    ...facts,
    ...(displayName !== undefined && { displayName: plain(displayName).slice(0, LONGEST_DISPLAY_NAME) }),
    ...(description !== undefined && { description: plain(description) }),
  };
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

/** On one line, without what a terminal obeys or what turns the direction of writing. */
function plain(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function newestOf(packs: readonly KnownPack[], name: string): KnownPack | undefined {
  return packs.filter((pack) => pack.name === name).toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

function nextVersion(packs: readonly KnownPack[], name: string): string {
  const versions = packs.filter((pack) => pack.name === name).map(({ version }) => version);
  return nextFreeVersion(newestOf(packs, name)?.version ?? '1.0.0', versions);
}

/** Words of charts for what catalogs call otherwise. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  metrics: 'monitoring',
  observability: 'monitoring',
  prometheus: 'monitoring',
  alerting: 'monitoring',
  tracing: 'monitoring',
  logs: 'logging',
  log: 'logging',
  networking: 'network',
  cni: 'network',
  mesh: 'servicemesh',
  'service-mesh': 'servicemesh',
  auth: 'authentication',
  oidc: 'authentication',
  sso: 'authentication',
  policy: 'security',
  secrets: 'security',
  vulnerability: 'security',
  certificate: 'security',
  tls: 'security',
  backup: 'storage',
  csi: 'storage',
  s3: 'storage',
  'load-balancer': 'load balancer',
  loadbalancer: 'load balancer',
  gpu: 'ai',
  llm: 'ai',
  'machine-learning': 'ai',
  ml: 'ai',
  'container-registry': 'registry',
};

function typeOf(keywords: readonly string[], name: string): string | undefined {
  for (const word of [...keywords.map((each) => each.toLowerCase()), ...name.split(/[-._]/u)]) {
    const type = ADDON_TYPES.find((each) => each === word.replaceAll(/[-_]/gu, ' ')) ?? ownOf(TYPE_WORDS, word);
    if (type !== undefined) return type;
  }
  return undefined;
}

function ownOf(words: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** What lies below applications shares a namespace; what has no objects has none. */
function namespaceOf(name: string, layer: Layer, parts: readonly DraftPart[]): string | undefined {
  const proposed = parts.flatMap(({ namespaces }) => namespaces).find((each) => NAMESPACE.test(each));
  if (proposed !== undefined) return proposed;
  const hasObjects = parts.some(({ charts, kubeManifests }) => charts.length + kubeManifests.length > 0);
  const getsObjects = parts.length === 0 && ['cni', 'csi', 'addon'].includes(layer);
  if (!hasObjects && !getsObjects) return undefined;
  if (layer === 'cni' || layer === 'csi') return 'kube-system';
  const own = name.replaceAll(/[._]+/gu, '-').slice(0, 63).replace(/-+$/u, '');
  return NAMESPACE.test(own) ? own : undefined;
}

function requireName(name: string): void {
  if (isPackName(name)) return;
  const own = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/gu, '-')
    .replaceAll(/^[._-]+|[._-]+$/gu, '');
  const reason = /^[a-z0-9._-]+$/u.test(name) ? notPortable(name) : undefined;
  if (reason !== undefined)
    throw refused(`${JSON.stringify(name)} cannot be the name of a pack: ${reason}.`, 'Choose another.');
  if (name.length > LONGEST_NAME)
    throw refused(`The name of a pack has at most ${LONGEST_NAME} letters, not ${name.length}.`, 'Choose another.');
  throw refused(
    `${JSON.stringify(name)} cannot be the name of a pack.`,
    `A name has lower-case letters and digits, with -, _ or . between them${isPackName(own) ? `: ${own}` : ''}.`,
  );
}

function requireVersion(version: string): void {
  if (VERSION.test(version) && version.length <= 100) return;
  throw refused(
    `${JSON.stringify(version)} cannot be the version of a pack.`,
    'Give one such as 1.2.3 with --version.',
  );
}

function noNamespace(namespace: string): PackyardError {
  return refused(
    `${JSON.stringify(namespace)} cannot be a namespace.`,
    'A namespace has lower-case letters, digits and dashes, at most 63 of them.',
  );
}

function refused(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
