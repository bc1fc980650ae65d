import { propertyOf } from '../../model/json-value.ts';

/** Seconds since 1970 of the commit that a registry was built from, as its index says; undefined where it does not. */
export function commitTimeOf(index: Uint8Array): number | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(index).toString('utf8'));
  } catch {
    return undefined;
  }
  const text = propertyOf(propertyOf(value, 'source'), 'committedAt');
  return typeof text === 'string' ? secondsOf(text) : undefined;
}

/** RFC 3339 in UTC, as seconds since 1970; undefined where it is something else. */
export function secondsOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u.test(text)) return undefined;
  const seconds = Date.parse(text) / 1000;
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined;
}
