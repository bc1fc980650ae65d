import { PackyardError } from '../errors.ts';
import { formatBytes } from '../model/format-bytes.ts';
import type { WantedRegistry } from './plan-publish.ts';
import { countOf, type PublishPlan } from './publish-plan.ts';

/** Packs that a message names. */
const NAMED = 3;

/** Rejects, before anything is written, what a place cannot hold, and says what would help. */
export function requireBudget({ location, budget, upload }: PublishPlan, wanted: WantedRegistry): void {
  const { total, limit } = budget;
  if (limit === undefined || total <= limit || upload.length === 0) return;
  const kept = upload.filter(({ role }) => role === 'history').map(({ entry }) => entry);
  const own = countOf([...wanted.files.map(({ entry }) => entry), ...kept]).bytes;
  const older = Math.max(0, total - own);
  const helps = [
    `Its largest packs: ${largestPacks(wanted).join(', ')}.`,
    ...(older > 0 ? [`${formatBytes(older)} are of earlier states: --prune --keep 7d removes what nobody needs.`] : []),
    'Fewer or smaller logos (`logos.sizes`) and packs without large files help; S3 and servers of your own have no such limit.',
  ];
  throw new PackyardError({
    code: 'site-too-large',
    message: `${location} would hold ${formatBytes(total)}, and it may hold ${formatBytes(limit)}: nothing was written.`,
    hint: helps.join(' '),
  });
}

function largestPacks({ files }: WantedRegistry): readonly string[] {
  const sizes = new Map<string, number>();
  for (const { entry } of files) {
    const name = /^packs\/([^/]+)\//u.exec(entry.path)?.[1];
    if (name !== undefined) sizes.set(name, (sizes.get(name) ?? 0) + entry.size);
  }
  return [...sizes]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, NAMED)
    .map(([name, size]) => `${name} (${formatBytes(size)})`);
}
