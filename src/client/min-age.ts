import { PackyardError } from '../errors.ts';
import type { ReleaseDocument } from '../model/documents.ts';

const MINUTE = 60_000;
const UNITS = { w: 7 * 24 * 60 * MINUTE, d: 24 * 60 * MINUTE, h: 60 * MINUTE, m: MINUTE };
const NAMES = { w: 'week', d: 'day', h: 'hour', m: 'minute' };

/** A span of time as people write it, in milliseconds: `3d`, `12h`, `2w`, `90m`; undefined for anything else. */
export function parseAge(text: string): number | undefined {
  const [, count, unit] = /^(?<count>[0-9]{1,5}) ?(?<unit>[wdhm])$/u.exec(text.trim()) ?? [];
  return count === undefined ? undefined : Number(count) * UNITS[unit as keyof typeof UNITS];
}

/** The same for what somebody gave as `--min-age`; throws `usage`. */
export function minAgeOf(text: string): number {
  const age = parseAge(text);
  if (age !== undefined) return age;
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(text.slice(0, 40))} is no span of time.`,
    hint: 'Write a whole number and w, d, h or m, for weeks, days, hours or minutes: 3d, 12h, 2w.',
  });
}

/** A span of time for people, in the largest unit of which it has at least one: `3 days`, `12 hours`. */
export function ageText(milliseconds: number): string {
  const units = Object.keys(UNITS) as (keyof typeof UNITS)[];
  const unit = units.find((each) => each !== 'w' && milliseconds >= UNITS[each]) ?? 'm';
  const count = Math.max(0, Math.floor(milliseconds / UNITS[unit]));
  return `${count} ${NAMES[unit]}${count === 1 ? '' : 's'}`;
}

/**
 * When a release is as old as asked for; undefined where nobody can tell, because the document says no time, or none
 * that there is. What has no time is younger than any age.
 */
export function oldEnoughAt({ publishedAt }: ReleaseDocument, minAge: number): number | undefined {
  const at = publishedAt === undefined ? Number.NaN : Date.parse(publishedAt);
  return Number.isNaN(at) ? undefined : at + minAge;
}

/** Whether a release was published at least so many milliseconds ago. */
export function isOldEnough(release: ReleaseDocument, minAge: number, now: number): boolean {
  if (minAge <= 0) return true;
  const at = oldEnoughAt(release, minAge);
  return at !== undefined && at <= now;
}
