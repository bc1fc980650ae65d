import { expect, test } from 'vitest';

import { packFileAmong, packFilesIn } from '../../src/repo/pack-file.ts';
import { parseTree } from '../../src/repo/tree.ts';

const OID = '20'.repeat(20);

function tree(...entries: readonly (readonly [mode: string, name: string])[]): Buffer {
  return Buffer.concat(entries.flatMap(([mode, name]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(OID, 'hex')]));
}

test.each<[string, Buffer, string | undefined, readonly string[]]>([
  ['nothing', tree(), undefined, []],
  ['a file', tree(['100644', 'a'], ['100644', 'pack.json']), 'pack.json', ['pack.json']],
  ['an executable', tree(['100755', 'pack.json']), 'pack.json', ['pack.json']],
  ['a link', tree(['120000', 'pack.json']), 'pack.json', ['pack.json']],
  ['a submodule', tree(['160000', 'pack.json']), 'pack.json', ['pack.json']],
  ['a directory', tree(['40000', 'pack.json']), undefined, []],
  ['another case', tree(['100644', 'PACK.json'], ['100644', 'Pack.json']), 'PACK.json', ['PACK.json', 'Pack.json']],
  ['both', tree(['100644', 'Pack.json'], ['100644', 'pack.json']), 'pack.json', ['Pack.json', 'pack.json']],
  ['a letter of three bytes', tree(['100644', 'pac\u212A.json']), 'pac\u212A.json', ['pac\u212A.json']],
  ['a longer name', tree(['100644', `${'x'.repeat(40)}pack.json`], ['100644', 'pack.json5']), undefined, []],
])('%s', (_name, data, name, names) => {
  expect(packFileAmong(parseTree(data, 20))).toBe(name);
  expect(packFilesIn(data, 20).map((entry) => entry.name)).toEqual(names);
});
