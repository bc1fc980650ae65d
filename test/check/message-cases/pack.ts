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
      args: { limit: 50, of: 'pack/schema' },
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
  'pack/leading-v': [
    {
      args: { version: 'v1.8.7' },
      text: 'the version "v1.8.7" begins with a v',
      hint: 'Write "1.8.7": the v belongs to Git tags.',
    },
  ],
  'pack/not-semver': [
    {
      args: { version: '25.06.0', suggestion: '25.6.0' },
      text: 'the version "25.06.0" is not SemVer',
      hint: 'Write "25.6.0" from the next release on; a published version keeps its name.',
    },
    {
      args: { version: '1.2.3.4' },
      text: 'the version "1.2.3.4" is not SemVer',
      hint: 'Write three numbers without leading zeros, such as 1.2.3, with -rc.1 or the like behind them where needed.',
    },
  ],
  'pack/no-source': [
    {
      args: { blank: false },
      text: 'there is no annotation "source"',
      hint: 'Say in "annotations.source" who maintains the pack, such as "community".',
    },
    {
      args: { blank: true },
      text: 'the annotation "source" is blank',
      hint: 'Say in "annotations.source" who maintains the pack, such as "community".',
    },
  ],
  'pack/no-contributor': [
    {
      args: { blank: false },
      text: 'there is no annotation "contributor"',
      hint: 'Say in "annotations.contributor" whom to ask about the pack: a company or a person.',
    },
    {
      args: { blank: true },
      text: 'the annotation "contributor" is blank',
      hint: 'Say in "annotations.contributor" whom to ask about the pack: a company or a person.',
    },
  ],
  'pack/no-addon-type': [
    {
      args: { blank: false },
      text: 'the layer is "addon", but there is no "addonType"',
      hint: 'Say what the addon is for, such as "monitoring", "security" or "system app": catalogs group addons by it.',
    },
    {
      args: { blank: true },
      text: '"addonType" is blank',
      hint: 'Say what the addon is for, such as "monitoring", "security" or "system app": catalogs group addons by it.',
    },
  ],
  'pack/addon-type': [
    {
      args: { addonType: 'app-services', suggestion: 'app services' },
      text: 'the addonType "app-services" is none of those that catalogs know',
      hint: 'Did you mean "app services"?',
    },
    {
      args: { addonType: 'gaming' },
      text: 'the addonType "gaming" is none of those that catalogs know',
      hint: 'Take one of ai, app services, authentication, ingress, load balancer, logging, monitoring, network, registry, security, servicemesh, storage, system app, so that the pack is found beside its like.',
    },
  ],
  'pack/blank-key': [
    {
      args: { pointer: '/group' },
      text: '"group" is blank',
      hint: 'Fill it in, or remove it: without it nothing changes.',
    },
    {
      args: { pointer: '/annotations/docsURL' },
      text: '"annotations.docsURL" is blank',
      hint: 'Fill it in, or remove it: without it nothing changes.',
    },
  ],
  'pack/directory-name': [
    {
      args: { directory: 'packs/argocd-3.3.5', expected: 'argo-cd-3.3.5' },
      text: 'the directory "packs/argocd-3.3.5" is not named after the pack in it',
      hint: 'Name it "argo-cd-3.3.5": people look for packs by their directories.',
    },
  ],
};
