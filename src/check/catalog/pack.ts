import { formatBytes } from '../../model/format-bytes.ts';
import type { PackRules } from '../../model/rules/pack-rules.ts';
import { ADDON_TYPES } from '../addon-types.ts';
import type { Catalog, Message } from './entry.ts';
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
  'pack/leading-v': {
    title: 'A version begins with v',
    severity: 'warning',
    fix: 'safe',
    message: ({ version }) => ({
      text: `the version ${quoted(version)} begins with a v`,
      hint: `Write ${quoted(version.slice(1))}: the v belongs to Git tags.`,
    }),
  },
  'pack/not-semver': {
    title: 'A version is not SemVer',
    severity: 'off',
    strict: 'warning',
    message: ({ version, suggestion }) => ({
      text: `the version ${quoted(version)} is not SemVer`,
      hint:
        suggestion === undefined
          ? 'Write three numbers without leading zeros, such as 1.2.3, with -rc.1 or the like behind them where needed.'
          : `Write ${quoted(suggestion)} from the next release on; a published version keeps its name.`,
    }),
  },
  'pack/no-source': {
    title: 'Nothing says where the pack comes from',
    severity: 'warning',
    message: ({ blank }) => annotation('source', blank, 'who maintains the pack, such as "community".'),
  },
  'pack/no-contributor': {
    title: 'Nothing says who contributed the pack',
    severity: 'warning',
    message: ({ blank }) => annotation('contributor', blank, 'whom to ask about the pack: a company or a person.'),
  },
  'pack/no-addon-type': {
    title: 'An addon without addonType',
    severity: 'warning',
    message: ({ blank }) => ({
      text: blank ? '"addonType" is blank' : 'the layer is "addon", but there is no "addonType"',
      hint: 'Say what the addon is for, such as "monitoring", "security" or "system app": catalogs group addons by it.',
    }),
  },
  'pack/addon-type': {
    title: 'An addonType that is not in use elsewhere',
    severity: 'hint',
    message: ({ addonType, suggestion }) => ({
      text: `the addonType ${quoted(addonType)} is none of those that catalogs know`,
      hint:
        didYouMean(suggestion) ?? `Take one of ${ADDON_TYPES.join(', ')}, so that the pack is found beside its like.`,
    }),
  },
  'pack/blank-key': {
    title: 'A key of pack.json is blank',
    severity: 'hint',
    fix: 'safe',
    message: ({ pointer }) => ({
      text: `${subject(pointer)} is blank`,
      hint: 'Fill it in, or remove it: without it nothing changes.',
    }),
  },
  'pack/directory-name': {
    title: 'A directory is not named after its pack',
    severity: 'hint',
    message: ({ directory, expected }) => ({
      text: `the directory ${quoted(directory)} is not named after the pack in it`,
      hint: `Name it ${quoted(expected)}: people look for packs by their directories.`,
    }),
  },
};

function annotation(key: string, blank: boolean, what: string): Message {
  return {
    text: blank ? `the annotation "${key}" is blank` : `there is no annotation "${key}"`,
    hint: `Say in "annotations.${key}" ${what}`,
  };
}
