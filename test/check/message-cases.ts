import type { Message } from '../../src/check/messages.ts';
import type { FindingArgs, RuleId } from '../../src/model/rules.ts';

export interface Case<Rule extends RuleId> extends Message {
  readonly args: FindingArgs[Rule];
}

/** The compiler refuses this table when a rule has no case. */
export type Cases = { readonly [Rule in RuleId]: readonly [Case<Rule>, ...Case<Rule>[]] };

const SAVE_AS_UTF8 = 'Save it as UTF-8.';
const SCHEMA = 'schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.';
const NOT_JSON = 'Look for a missing or extra comma, quote or bracket here or just before; JSON has no comments.';
const TOO_LARGE = 'Publish large data as a container image, or leave it out with .packignore.';
const ADDED_BY_MISTAKE = 'Look for what was added by mistake, such as a folder of dependencies.';
const FEW_LINES = 'It is a file of a few lines, in the syntax of .gitignore.';
const ADD_IT = 'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.';

/** For every rule: what a finding carries, and the words for it. */
export const CASES: Cases = {
  'config/invalid-yaml': [
    {
      args: { reason: 'bad indentation' },
      text: 'registry.yaml is not valid YAML: bad indentation',
      hint: 'Mend the line; indentation is spaces only.',
    },
  ],
  'config/schema': [
    {
      args: { pointer: '/logos/sizes/0', expected: 'must be >= 16' },
      text: '"logos.sizes.0" must be >= 16',
      hint: 'schemas/registry.schema.json says what registry.yaml may hold.',
    },
  ],
  'config/unknown-key': [
    {
      args: { key: 'pack', suggestion: 'packs' },
      text: 'registry.yaml has no key "pack"',
      hint: 'Did you mean "packs"?',
    },
    { args: { key: 'x' }, text: 'registry.yaml has no key "x"', hint: 'Remove it: nothing reads it.' },
  ],
  'pack/too-large': [
    {
      args: { limit: 1_048_576 },
      text: 'pack.json is larger than 1 MiB',
      hint: 'It only names and describes: move data to other files of the pack.',
    },
  ],
  'pack/not-utf8': [
    { args: { offset: 12 }, text: 'pack.json is not UTF-8: byte 12 belongs to no character', hint: SAVE_AS_UTF8 },
  ],
  'pack/byte-order-mark': [
    {
      args: {},
      text: 'pack.json begins with a byte order mark, which most JSON readers refuse',
      hint: 'Save it as UTF-8 without BOM.',
    },
  ],
  'pack/empty': [
    { args: {}, text: 'pack.json is empty', hint: 'It needs at least name, version, displayName and layer.' },
  ],
  'pack/too-deep': [
    {
      args: { limit: 100 },
      text: 'pack.json is nested more than 100 levels deep',
      hint: 'Nothing in a pack.json is deeper than five levels: look for brackets that are not closed.',
    },
  ],
  'pack/invalid-json': [
    {
      args: { reason: '"}" stands where a key is wanted' },
      text: 'pack.json is not JSON: "}" stands where a key is wanted',
      hint: NOT_JSON,
    },
    { args: { reason: '' }, text: 'pack.json is not JSON: ', hint: NOT_JSON },
  ],
  'pack/duplicate-key': [
    {
      args: { key: 'name', firstLine: 2 },
      text: 'the key "name" stands twice, first on line 2',
      hint: 'Keep one: readers differ in which of the two they take.',
    },
  ],
  'pack/not-an-object': [
    {
      args: { found: 'a list' },
      text: 'pack.json holds a list where an object is wanted',
      hint: 'Write { "name": …, "version": …, "displayName": …, "layer": … }.',
    },
  ],
  'pack/schema': [
    {
      args: { pointer: '', expected: 'needs the key "name"' },
      text: 'the document needs the key "name"',
      hint: SCHEMA,
    },
    {
      args: { pointer: '/annotations/a~1b~0c~01', expected: 'must be a string, not null' },
      text: '"annotations.a/b~c~1" must be a string, not null',
      hint: SCHEMA,
    },
  ],
  'pack/unknown-key': [
    { args: { key: 'nmae', suggestion: 'name' }, text: 'pack.json has no key "nmae"', hint: 'Did you mean "name"?' },
    {
      args: { key: 'readme' },
      text: 'pack.json has no key "readme"',
      hint: 'Nothing reads it: put it under "annotations", or remove it.',
    },
  ],
  'pack/more-findings': [
    {
      args: { limit: 50 },
      text: 'there are more than 50 findings of this kind; the others are not shown',
      hint: 'Mend these first.',
    },
  ],
  'pack/path-outside': [
    {
      args: { key: 'charts', path: '../x\n.tgz' },
      text: '"charts" names "../x\\n.tgz", which is not a path inside the pack',
      hint: 'Name a file of the pack, relative to its pack.json and with /.',
    },
  ],
  'values/missing': [{ args: {}, text: 'the pack has no values.yaml', hint: 'Add one; it may be empty.' }],
  'values/too-large': [
    {
      args: { limit: 8_388_608 },
      text: 'values.yaml is larger than 8 MiB',
      hint: 'Keep only what differs from the defaults of the charts.',
    },
  ],
  'values/not-utf8': [
    { args: { offset: 0 }, text: 'values.yaml is not UTF-8: byte 0 belongs to no character', hint: SAVE_AS_UTF8 },
  ],
  'values/invalid-yaml': [
    {
      args: { reason: 'missing colon' },
      text: 'values.yaml is not valid YAML: missing colon',
      hint: 'Mend the line; indentation is spaces only, and a value that begins with {{ must be quoted.',
    },
  ],
  'values/too-many-nodes': [
    {
      args: { limit: 1_000_000 },
      text: 'values.yaml grows to more than 1000000 values when its aliases are expanded',
      hint: 'Write the values out, or use fewer aliases of aliases.',
    },
  ],
  'values/self-reference': [
    {
      args: { anchor: 'a' },
      text: 'the alias "*a" stands inside the very value that it names',
      hint: 'An alias can only repeat a value that is already complete.',
    },
  ],
  'values/not-a-mapping': [
    {
      args: { found: 'a string' },
      text: 'values.yaml holds a string where a mapping is wanted',
      hint: 'Write keys and values, such as "pack:" and "charts:".',
    },
  ],
  'chart/missing-file': [
    { args: { path: 'charts/a.tgz' }, text: 'the chart "charts/a.tgz" is not in the pack', hint: ADD_IT },
    {
      args: { path: 'charts/a.tgz', suggestion: 'charts/A.tgz' },
      text: 'the chart "charts/a.tgz" is not in the pack',
      hint: 'Did you mean "charts/A.tgz"?',
    },
  ],
  'chart/unreadable': [
    {
      args: { path: 'a.tgz', reason: 'it is not gzip' },
      text: 'the chart "a.tgz" cannot be read: it is not gzip',
      hint: 'Pack it again with `helm package`, and see that Git did not change it (`*.tgz binary` in .gitattributes).',
    },
  ],
  'chart/too-large': [
    {
      args: { path: 'a.tgz', limit: 67_108_864 },
      text: 'the chart "a.tgz" grows to more than 64 MiB when unpacked',
      hint: 'A chart is text: look for what was packed by mistake, and name it in .helmignore.',
    },
  ],
  'chart/no-metadata': [
    {
      args: { path: 'a.tgz' },
      text: 'the chart "a.tgz" holds no readable Chart.yaml in its top folder',
      hint: 'Pack it with `helm package`, which writes one.',
    },
  ],
  'manifest/missing-file': [
    { args: { path: 'm.yaml' }, text: 'the manifest "m.yaml" is not in the pack', hint: ADD_IT },
  ],
  'role/missing-directory': [{ args: { path: 'r' }, text: 'the role "r" is not in the pack', hint: ADD_IT }],
  'file/symlink': [
    {
      args: { path: 'link' },
      text: '"link" is a symbolic link',
      hint: 'Replace it with a copy of what it points to: archives of packs hold regular files only.',
    },
  ],
  'file/submodule': [
    {
      args: { path: 'module' },
      text: '"module" is a Git repository of its own (a submodule), whose files are not here',
      hint: 'Copy its files into the pack.',
    },
  ],
  'file/not-portable': [
    {
      args: { path: 'a\tb', reason: 'it holds the character U+0009' },
      text: '"a\\tb" cannot be used on every machine: it holds the character U+0009',
      hint: 'Rename it.',
    },
  ],
  'file/case-collision': [
    {
      args: { path: 'readme', other: 'README' },
      text: '"readme" and "README" are one name on Windows and macOS',
      hint: 'Rename one of them.',
    },
  ],
  'file/too-large': [
    {
      args: { path: 'big', size: 70_000_000, limit: 67_108_864 },
      text: '"big" has 67 MiB; a file of a pack may have 64 MiB',
      hint: TOO_LARGE,
    },
    {
      args: { path: 'big', size: 67_108_865, limit: 67_108_864 },
      text: '"big" has more than 64 MiB; a file of a pack may have 64 MiB',
      hint: TOO_LARGE,
    },
  ],
  'file/too-many': [
    {
      args: { of: 'entries', limit: 20_000 },
      text: 'the pack has more than 20000 files and directories',
      hint: ADDED_BY_MISTAKE,
    },
    {
      args: { of: 'levels', limit: 64 },
      text: 'the pack has directories more than 64 levels deep',
      hint: ADDED_BY_MISTAKE,
    },
    {
      args: { of: 'characters', limit: 4096 },
      text: 'the pack has a path of more than 4096 characters',
      hint: ADDED_BY_MISTAKE,
    },
  ],
  'file/packignore': [{ args: { reason: 'it is x' }, text: '.packignore cannot be used: it is x', hint: FEW_LINES }],
  'file/pack-too-large': [
    {
      args: { limit: 201_326_592 },
      text: 'the files of the pack have more than 192 MiB together',
      hint: 'Leave out what is not needed with .packignore.',
    },
  ],
  'logo/not-an-image': [
    {
      args: { found: 'a PDF' },
      text: 'the logo is a PDF, not a PNG, JPEG, WebP or SVG image',
      hint: 'Replace it with a square PNG of 256 by 256 pixels, or remove it: a logo is then made from the name.',
    },
  ],
  'logo/too-many-pixels': [
    {
      args: { limit: 25_000_000 },
      text: 'the logo has more than 25 million pixels',
      hint: 'Scale it down; 256 by 256 is enough.',
    },
  ],
  'logo/broken': [
    {
      args: { reason: 'it ends early' },
      text: 'the logo cannot be decoded: it ends early',
      hint: 'Export it again as PNG.',
    },
  ],
  'logo/too-slow': [
    {
      args: { seconds: 60 },
      text: 'the logo could not be rendered within 60 seconds',
      hint: 'Simplify it, or export it as PNG. If this machine was only busy, build again: this is not remembered.',
    },
  ],
  'logo/unsafe-svg': [
    {
      args: { construct: 'a script' },
      text: 'the SVG logo holds a script, which is not rendered',
      hint: 'Export it as plain SVG with text turned into paths, or as PNG.',
    },
  ],
  'registry/duplicate-release': [
    {
      args: { name: 'demo', version: '1.0.0', other: 'packs/demo' },
      text: 'demo 1.0.0 is also in packs/demo',
      hint: 'A release has one content: give one of the two another version, or remove it.',
    },
  ],
  'registry/nested-pack': [
    {
      args: { directory: 'packs/x/1.2.0', inside: 'packs/x' },
      text: '"packs/x/1.2.0" lies inside the pack "packs/x", and is not published as a pack of its own',
      hint: 'Move it beside that pack, or remove the pack.json of one of the two.',
    },
  ],
  'registry/not-a-directory': [
    {
      args: { path: 'packs/z', what: 'a symbolic link' },
      text: '"packs/z" is a symbolic link, which is not looked into for packs',
      hint: 'Put the pack itself there, or leave the path out of "packs" in registry.yaml with a glob that begins with "!".',
    },
    {
      args: { path: 'packs/z', what: 'a submodule' },
      text: '"packs/z" is a submodule, which is not looked into for packs',
      hint: 'Put the pack itself there, or leave the path out of "packs" in registry.yaml with a glob that begins with "!".',
    },
  ],
  'registry/pack-file-case': [
    {
      args: { found: 'Pack.json' },
      text: 'the file is named "Pack.json", so the directory is not taken for a pack',
      hint: 'Rename it to pack.json: case counts.',
    },
  ],
  'history/shallow': [
    {
      args: {},
      text: 'the clone is shallow: when releases first landed, and the serial, cannot be known from it',
      hint: 'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout.',
    },
  ],
};
