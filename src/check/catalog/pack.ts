import { formatBytes } from '../../model/format-bytes.ts';
import type { PackRules } from '../../model/rules/pack-rules.ts';
import type { Catalog } from './entry.ts';
import { didYouMean, subject, quoted, sentence } from './words.ts';

export const PACK: Catalog<PackRules> = {
  'pack/too-large': {
    title: 'pack.json is too large',
    severity: 'error',
    message: ({ limit }) => ({
      text: `pack.json is larger than ${formatBytes(limit)}`,
      hint: 'It only names and describes: move data to other files of the pack.',
    }),
  },
  'pack/not-utf8': {
    title: 'pack.json is not UTF-8',
    severity: 'error',
    message: ({ offset }) => ({
      text: `pack.json is not UTF-8: byte ${offset} belongs to no character`,
      hint: 'Save it as UTF-8.',
    }),
  },
  'pack/byte-order-mark': {
    title: 'pack.json begins with a byte order mark',
    severity: 'error',
    message: () => ({
      text: 'pack.json begins with a byte order mark, which most JSON readers refuse',
      hint: 'Save it as UTF-8 without BOM.',
    }),
  },
  'pack/empty': {
    title: 'pack.json is empty',
    severity: 'error',
    message: () => ({
      text: 'pack.json is empty',
      hint: 'It needs at least name, version, displayName and layer.',
    }),
  },
  'pack/too-deep': {
    title: 'pack.json is nested too deep',
    severity: 'error',
    message: ({ limit }) => ({
      text: `pack.json is nested more than ${limit} levels deep`,
      hint: 'Nothing in a pack.json is deeper than five levels: look for brackets that are not closed.',
    }),
  },
  'pack/invalid-json': {
    title: 'pack.json is not JSON',
    severity: 'error',
    message: ({ reason }) => ({
      text: `pack.json is not JSON: ${sentence(reason)}`,
      hint: 'Look for a missing or extra comma, quote or bracket here or just before; JSON has no comments.',
    }),
  },
  'pack/duplicate-key': {
    title: 'A key of pack.json stands twice',
    severity: 'error',
    message: ({ key, firstLine }) => ({
      text: `the key "${key}" stands twice, first on line ${firstLine}`,
      hint: 'Keep one: readers differ in which of the two they take.',
    }),
  },
  'pack/not-an-object': {
    title: 'pack.json holds no object',
    severity: 'error',
    message: ({ found }) => ({
      text: `pack.json holds ${found} where an object is wanted`,
      hint: 'Write { "name": …, "version": …, "displayName": …, "layer": … }.',
    }),
  },
  'pack/schema': {
    title: 'pack.json does not fit its schema',
    severity: 'error',
    message: ({ pointer, expected }) => ({
      text: `${subject(pointer)} ${expected}`,
      hint: 'schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.',
    }),
  },
  'pack/unknown-key': {
    title: 'Unknown key in pack.json',
    severity: 'warning',
    message: ({ key, suggestion }) => ({
      text: `pack.json has no key "${key}"`,
      hint: didYouMean(suggestion) ?? 'Nothing reads it: put it under "annotations", or remove it.',
    }),
  },
  'pack/more-findings': {
    title: 'More findings than are shown',
    severity: 'error',
    message: ({ limit }) => ({
      text: `there are more than ${limit} findings of this kind; the others are not shown`,
      hint: 'Mend these first.',
    }),
  },
  'pack/path-outside': {
    title: 'A path leads out of the pack',
    severity: 'error',
    message: ({ key, path }) => ({
      text: `"${key}" names ${quoted(path)}, which is not a path inside the pack`,
      hint: 'Name a file of the pack, relative to its pack.json and with /.',
    }),
  },
};
