import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { isRuleId } from '../../src/check/catalog.ts';
import { lint } from '../../src/check/lint.ts';
import { loadLintPack } from '../../src/check/lint-pack.ts';
import { messageOf } from '../../src/check/messages.ts';
import type { PackFile } from '../../src/pack/pack.ts';
import { examplePacks } from '../helpers/example-packs.ts';

type Files = ReadonlyMap<string, PackFile>;
type Mutation = (data: Buffer) => Buffer;

const PACKS = examplePacks();

/** Bytes flipped, cut off, doubled; and in JSON keys dropped and types swapped. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })).map(([at, byte]): Mutation => (data) => {
    const copy = Buffer.from(data);
    if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  }),
  fc.double({ min: 0, max: 1, noNaN: true }).map(
    (share): Mutation =>
      (data) =>
        data.subarray(0, Math.floor(share * data.length)),
  ),
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom('{{', '}}', ': ', '\n', '\t', '- ', '&a ', '*a', '"', "'", '\u0000', '\u001B[2J', '../'),
    )
    .map(([at, text]): Mutation => (data) => {
      const offset = data.length === 0 ? 0 : at % data.length;
      return Buffer.concat([data.subarray(0, offset), Buffer.from(text), data.subarray(offset)]);
    }),
  fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 2 })).map(
    ([at, value]): Mutation =>
      (data) =>
        swapped(data, at, value),
  ),
  fc.tuple(fc.nat(), fc.constantFrom('', 'null', '[]', '{}', '1', 'true', '"x"', '[[1]]', '{"a": null}')).map(
    ([at, value]): Mutation =>
      (data) =>
        swappedLine(data, at, value),
  ),
);

/** A JSON text with one value at any depth replaced, or its key dropped. */
function swapped(data: Buffer, at: number, value: unknown): Buffer {
  let left = at % 60;
  try {
    const text = JSON.stringify(JSON.parse(data.toString('utf8')), (key, old: unknown) => {
      if (key === '') return old;
      left -= 1;
      if (left !== -1) return old;
      return at % 2 === 0 ? value : undefined;
    });
    return Buffer.from(text);
  } catch {
    return data;
  }
}

/** A YAML text with the value of one line replaced. */
function swappedLine(data: Buffer, at: number, value: string): Buffer {
  const lines = data.toString('utf8').split('\n');
  const index = at % lines.length;
  return Buffer.from(lines.with(index, (lines[index] ?? '').replace(/: .*$|:$/u, `: ${value}`)).join('\n'));
}

const mutated: fc.Arbitrary<Files> = fc
  .tuple(
    fc.constantFrom(...PACKS),
    fc.array(fc.tuple(fc.nat(), mutation), { minLength: 1, maxLength: 4 }),
    fc.option(fc.nat(), { freq: 5 }),
  )
  .map(([pack, mutations, dropped]) => {
    const files = new Map(pack);
    for (const [which, mutate] of mutations) {
      // The two files that everything else hangs on get half of it.
      const paths = which % 2 === 0 ? ['pack.json', 'values.yaml'] : [...files.keys()];
      const path = paths[(which >> 1) % paths.length] ?? '';
      const file = files.get(path);
      if (file !== undefined) files.set(path, { ...file, data: mutate(file.data) });
    }
    if (dropped !== null) files.delete([...files.keys()][dropped % files.size] ?? '');
    return files;
  });

test('two thousand damaged packs give findings, and nothing else', { timeout: 300_000 }, async () => {
  let findings = 0;
  await fc.assert(
    fc.asyncProperty(mutated, async (files) => {
      for (const finding of await lint(await loadLintPack(files))) {
        findings += 1;
        expect(isRuleId(finding.rule)).toBe(true);
        const { text, hint } = messageOf(finding);
        expect([text, hint].every((words) => words.length > 0 && !words.includes('undefined'))).toBe(true);
        expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
      }
    }),
    { numRuns: 2000 },
  );
  expect(findings).toBeGreaterThan(2000);
});
