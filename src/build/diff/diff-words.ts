import { plural } from '../../check/reporters/summary.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import type { Dependency } from '../../model/pack-manifest.ts';
import type { ReleaseStatus } from '../../model/status.ts';
import { isOver } from './is-over.ts';
import type { ChartVersion, Growth, Refusal, RegistryDiff, ReleaseDiff } from './registry-diff.ts';

/** What a comparison says in words; what comes from packs is not escaped. */

const REFUSALS: Readonly<Record<Refusal, string>> = {
  changed: 'a version that was there before has other content: restore it, and give the change a version of its own',
  errors: 'it has new errors',
  'known-errors': 'it has errors that were there before: packyard check shows them',
  duplicate: 'another directory holds the same release',
};

export function refusalText(refusal: Refusal): string {
  return REFUSALS[refusal];
}

/** How many of what, in one line without anything from a pack. */
export function summaryOf({ releases, statuses, findings }: RegistryDiff): string {
  const count = (change: ReleaseDiff['change']): number =>
    releases.filter((release) => release.change === change && release.refusals.length === 0).length;
  const refused = releases.filter(({ refusals }) => refusals.length > 0).length;
  const counts = [
    [count('added'), 'added'],
    [count('changed'), 'superseded'],
    [refused, 'refused'],
    [count('removed'), 'removed'],
  ] as const;
  const [first, ...rest] = counts.filter(([number]) => number > 0);
  const changes =
    first === undefined
      ? ['No release is added, changed or removed.']
      : [
          `${[`${plural(first[0], 'release')} ${first[1]}`, ...rest.map(([number, what]) => `${number} ${what}`)].join(', ')}.`,
        ];
  const status = statuses.length === 0 ? [] : [`The status of ${plural(statuses.length, 'release')} changes.`];
  const news = findings.length + releases.reduce((sum, release) => sum + release.findings.length, 0);
  return [...changes, ...status, ...(news === 0 ? [] : [`${plural(news, 'new finding')}.`])].join(' ');
}

/** By how much the registry grows, and how much of its limit that is. */
export function growthText(growth: Growth): string {
  const { archives, copies, logos, documents, total } = growth;
  const parts = Object.entries({ archives, copies, logos, documents }).filter(([, bytes]) => bytes !== 0);
  const own = parts.map(([name, bytes]) => `${name} ${signedBytes(bytes)}`).join(', ');
  const grows =
    total === 0
      ? 'The registry stays as large as it is.'
      : `The registry ${total < 0 ? 'shrinks' : 'grows'} by ${formatBytes(Math.abs(total))} (${own}).`;
  return [grows, ...siteText(growth)].join(' ');
}

function siteText(growth: Growth): string[] {
  const { site, limit, total } = growth;
  if (limit === undefined) return site === undefined ? [] : [`It takes about ${formatBytes(site.after)} then.`];
  if (site === undefined) {
    const over = isOver(growth) ? `That alone is more than the ${formatBytes(limit)} that limits.site allows. ` : '';
    return [`${over}The size of all of it is unknown here: packyard build finds it out, and this cache keeps it.`];
  }
  const share = `${Math.round((site.after / limit) * 100)}% of the ${formatBytes(limit)} that limits.site allows`;
  if (!isOver(growth)) return [`It takes about ${formatBytes(site.after)} then, ${share}.`];
  const already = site.after - total > limit ? ' It was too large before.' : '';
  return [`That is too much: it would take about ${formatBytes(site.after)}, ${share}.${already}`];
}

/** `+1.5 KiB` */
export function signedBytes(bytes: number): string {
  return `${bytes < 0 ? '-' : '+'}${formatBytes(Math.abs(bytes))}`;
}

/** The archive of a release, and how much more or less that is than before. */
export function sizeText({ size }: ReleaseDiff): string | undefined {
  if (size?.after === undefined) return undefined;
  const { before, after } = size;
  if (before === undefined) return formatBytes(after);
  return before === after
    ? `${formatBytes(after)}, as before`
    : `${formatBytes(after)}, ${signedBytes(after - before)}`;
}

export function chartText({ version, appVersion }: ChartVersion): string {
  const app = appVersion === undefined || appVersion === version ? '' : ` (app ${appVersion})`;
  return `${version ?? 'no version'}${app}`;
}

export function dependencyText({ layer, type, minVersion = '', maxVersion = '' }: Dependency): string {
  const from = minVersion === '' ? '' : ` from ${minVersion}`;
  const to = maxVersion === '' ? '' : ` to ${maxVersion}`;
  return `${type} ${layer}${from}${to}`;
}

export function statusText(status: ReleaseStatus | undefined): string {
  if (status === undefined) return 'active';
  const { state, at, replacement, reason } = status;
  const since = at === undefined ? '' : ` since ${at}`;
  return `${state}${since}: ${reason.replace(/\.$/u, '')}${replacement === undefined ? '' : `; use ${replacement}`}`;
}

/** `name@version`, what becomes of it and what it is compared with. */
export function releaseWords({ change, follows, kept }: ReleaseDiff): string {
  if (change === 'removed') return kept === true ? 'removed here; the registry keeps what is published' : 'removed';
  return follows === undefined ? change : `${change}, compared with ${follows}`;
}
