import type { RegistryRules } from '../../../src/model/rules/registry-rules.ts';
import type { Cases } from './case.ts';

export const REGISTRY: Cases<RegistryRules> = {
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
};
