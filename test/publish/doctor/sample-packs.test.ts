import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { chooseNames } from '../../../src/publish/doctor/sample-packs.ts';

test('as many different names as asked for, in their order, wherever chance leads', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { maxLength: 30 }),
      fc.nat(40),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })),
      (names, count, chances) => {
        const chosen = chooseNames(names, count, () => chances.next().value ?? 0);
        expect(chosen).toHaveLength(Math.min(count, names.length));
        expect(chosen).toEqual(names.filter((name) => chosen.includes(name)));
      },
    ),
  );
});
