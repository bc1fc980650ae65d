import * as fc from 'fast-check';

import type { LockedPack } from '../../../src/client/lock/packyard-lock.ts';

const name = fc
  .stringMatching(/^[a-z0-9](?:[a-z0-9._-]{0,20}[a-z0-9])?$/u)
  .filter((each) => !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:[.]|$)/u.test(each));

const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/u);

const pin: fc.Arbitrary<LockedPack> = fc.record({
  selector: fc.string({ maxLength: 20, unit: 'binary' }),
  registry: fc.string({ maxLength: 20, unit: 'grapheme' }),
  version: fc.stringMatching(/^v?[0-9]{1,3}\.[0-9]{1,3}(?:\.[0-9]{1,3})?(?:-[a-z]{1,3}\.[0-9])?(?:\+[a-z]{1,3})?$/u),
  sha256,
  contentSha256: sha256,
  size: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});

/** Pins of up to ten packs. */
export const pins: fc.Arbitrary<Map<string, LockedPack>> = fc
  .array(fc.tuple(fc.oneof(name, fc.constantFrom('constructor', 'nginx', 'tostring')), pin), { maxLength: 10 })
  .map((entries) => new Map(entries));

/** The same map, and again with its entries in another order. */
export function shuffled<Value>(map: Map<string, Value>): fc.Arbitrary<[Map<string, Value>, Map<string, Value>]> {
  return fc
    .shuffledSubarray([...map], { minLength: map.size, maxLength: map.size })
    .map((entries) => [map, new Map(entries)]);
}
