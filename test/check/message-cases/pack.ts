import type { PackRules } from '../../../src/model/rules/pack-rules.ts';
import type { Cases } from './case.ts';

const SAVE_AS_UTF8 = 'Save it as UTF-8.';
const SCHEMA = 'schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.';
const NOT_JSON = 'Look for a missing or extra comma, quote or bracket here or just before; JSON has no comments.';

export const PACK: Cases<PackRules> = {
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
};
