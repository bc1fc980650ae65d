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
  'registry/display-name-drift': [
    {
      args: { displayName: 'KubeFlow', current: 'Kubeflow', version: '1.9.1' },
      text: 'the pack is called "KubeFlow" here, but "Kubeflow" in 1.9.1',
      hint: 'Use one "displayName" in every version: where it differs, the pack shows up as a new one.',
    },
  ],
  'registry/display-name-shared': [
    {
      args: { displayName: 'Trident', other: 'csi-trident' },
      text: 'the pack "csi-trident" is called "Trident" as well',
      hint: 'Give one of them another "displayName", so that people can tell them apart; say the layer if that is all.',
    },
  ],
  'registry/name-too-similar': [
    {
      args: { name: 'kyvenro', other: 'kyverno' },
      text: 'the name "kyvenro" is easily taken for "kyverno"',
      hint: 'If both are the same pack, give them one name; if not, choose one that nobody mistypes into the other.',
    },
  ],
  'registry/changed-release': [
    {
      args: { name: 'demo', version: '1.0.0', since: 'e22d371f3797', changes: ['changed values.yaml'], more: 0 },
      text: 'demo 1.0.0 is not what it was in e22d371f3797: changed values.yaml',
      hint: 'A published version must stay as it is: give the change a version of its own.',
    },
    {
      args: { name: 'demo', version: '1.0.0', since: 'e22d371f3797', changes: ['added a', 'removed b'], more: 12 },
      text: 'demo 1.0.0 is not what it was in e22d371f3797: added a, removed b and 12 more',
      hint: 'A published version must stay as it is: give the change a version of its own.',
    },
  ],
  'registry/published-release': [
    {
      args: {
        name: 'nginx',
        version: '1.2.0',
        published: 'https://packs.example.org',
        changes: ['added README.md', 'changed values.yaml'],
        more: 0,
        next: '1.2.1',
      },
      text: 'nginx 1.2.0 is published in https://packs.example.org with other content: added README.md, changed values.yaml',
      hint: 'Restore it, or publish the change as 1.2.1. To replace what is published: --supersede nginx@1.2.0 --message "why".',
    },
    {
      args: {
        name: 'nginx',
        version: '1.2.0',
        published: 'commit e22d371f3797',
        changes: ['removed README.md'],
        more: 12,
        next: '1.2.1',
      },
      text: 'nginx 1.2.0 is published in commit e22d371f3797 with other content: removed README.md and 12 more',
      hint: 'Restore it, or publish the change as 1.2.1. To replace what is published: --supersede nginx@1.2.0 --message "why".',
    },
    {
      args: {
        name: 'nginx',
        version: '1.2.0',
        published: 'public',
        changes: [],
        more: 0,
        next: '1.2.1',
        reason: 'Incorrect header check.',
      },
      text: 'nginx 1.2.0 is published in public with other content, which cannot be compared: incorrect header check',
      hint: 'Restore it, or publish the change as 1.2.1. To replace what is published: --supersede nginx@1.2.0 --message "why".',
    },
    {
      args: { name: 'nginx', version: '1.2.0', published: 'public', changes: [], more: 0, next: '1.2.1' },
      text: 'nginx 1.2.0 is published in public with other content',
      hint: 'Restore it, or publish the change as 1.2.1. To replace what is published: --supersede nginx@1.2.0 --message "why".',
    },
  ],
  'registry/removed-release': [
    {
      args: { name: 'demo', version: '1.0.0', since: 'e22d371f3797' },
      text: 'demo 1.0.0, which is in e22d371f3797, is gone',
      hint: 'Clusters may still use it: keep its directory, and deprecate the release instead.',
    },
  ],
};
