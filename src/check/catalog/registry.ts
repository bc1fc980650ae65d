import type { RegistryRules } from '../../model/rules/registry-rules.ts';
import type { Catalog } from './entry.ts';
import { quoted } from './words.ts';

export const REGISTRY: Catalog<RegistryRules> = {
  'registry/duplicate-release': {
    title: 'One release in two directories',
    severity: 'error',
    message: ({ name, version, other }) => ({
      text: `${name} ${version} is also in ${other}`,
      hint: 'A release has one content: give one of the two another version, or remove it.',
    }),
  },
  'registry/nested-pack': {
    title: 'A pack inside a pack',
    severity: 'error',
    message: ({ directory, inside }) => ({
      text: `${quoted(directory)} lies inside the pack ${quoted(inside)}, and is not published as a pack of its own`,
      hint: 'Move it beside that pack, or remove the pack.json of one of the two.',
    }),
  },
  'registry/not-a-directory': {
    title: 'A link or submodule where a pack would be',
    severity: 'warning',
    message: ({ path, what }) => ({
      text: `${quoted(path)} is ${what}, which is not looked into for packs`,
      hint: 'Put the pack itself there, or leave the path out of "packs" in registry.yaml with a glob that begins with "!".',
    }),
  },
  'registry/pack-file-case': {
    title: 'pack.json in another case',
    severity: 'error',
    message: ({ found }) => ({
      text: `the file is named ${quoted(found)}, so the directory is not taken for a pack`,
      hint: 'Rename it to pack.json: case counts.',
    }),
  },
};
