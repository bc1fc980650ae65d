import { expect, test } from 'vitest';

import { diff } from '../../../src/build/diff/diff.ts';
import { formatDiff, type DiffFormat } from '../../../src/build/diff/format-diff.ts';
import { refusedPart } from '../../../src/build/diff/refused-part.ts';
import { changedRepository } from '../../helpers/changed-repository.ts';
import { scratch } from '../../helpers/scratch.ts';

/** Archives are of other sizes with other builds of zlib. */
function scrub(text: string): string {
  return text
    .replace(/\d+(?:\.\d+)? (?:bytes|byte|KiB)/gu, '<size>')
    .replace(/\b[0-9a-f]{40}\b/gu, '<commit>')
    .replace(/"(?<key>before|after|archives|copies|logos|documents|total)": \d{3,}/gu, '"$<key>": "<size>"');
}

async function formatted(format: DiffFormat): Promise<string> {
  const { path } = await changedRepository();
  return scrub(await formatDiff(format, await diff({ repository: path, cache: await scratch() })));
}

test.each(['text', 'markdown', 'json'] as const)('a rich change as %s', async (format) => {
  await expect(await formatted(format)).toMatchFileSnapshot(`rich-diff.${format}.snap`);
});

test('what is refused of a rich change, as text', async () => {
  const { path } = await changedRepository();
  const found = refusedPart(await diff({ repository: path, cache: await scratch() }));
  expect(scrub(await formatDiff('text', found))).toMatchInlineSnapshot(`
    "── broken@1.0.0 added
      packs/broken-1.0.0
      refused it has new errors
      Files 3 added
        + README.md  <size>
        + pack.json  <size>
        + values.yaml  <size>

    packs/broken-1.0.0/pack.json:5:12 error pack/schema
      "layer" must be kernel, os, k8s, cni, csi or addon, not "adon" (did you mean "addon"?)
      5 |   "layer": "adon",
        |            ^^^^^^
      → schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.

    ── frozen@1.0.0 changed
      packs/frozen-1.0.0  <size>, +<size>
      refused a version that was there before has other content: restore it, and give the change a version of its own
      Files 1 changed
        ~ README.md  <size> → <size>

    2 releases refused. 1 new finding.
    The registry grows by <size> (archives +<size>, copies +<size>, logos +<size>, documents +<size>).
    "
  `);
});
