import type { RegistryRules } from '../../model/rules/registry-rules.ts';
import type { Catalog } from './entry.ts';
import { listed, quoted, sentence } from './words.ts';

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
  'registry/display-name-drift': {
    title: 'A pack is called differently in another version',
    severity: 'warning',
    message: ({ displayName, current, version }) => ({
      text: `the pack is called ${quoted(displayName)} here, but ${quoted(current)} in ${version}`,
      hint: 'Use one "displayName" in every version: where it differs, the pack shows up as a new one.',
    }),
  },
  'registry/display-name-shared': {
    title: 'Two packs are called the same',
    severity: 'hint',
    message: ({ displayName, other }) => ({
      text: `the pack ${quoted(other)} is called ${quoted(displayName)} as well`,
      hint: 'Give one of them another "displayName", so that people can tell them apart; say the layer if that is all.',
    }),
  },
  'registry/name-too-similar': {
    title: 'A name is easily taken for that of another pack',
    severity: 'warning',
    message: ({ name, other }) => ({
      text: `the name ${quoted(name)} is easily taken for ${quoted(other)}`,
      hint: 'If both are the same pack, give them one name; if not, choose one that nobody mistypes into the other.',
    }),
  },
  'registry/changed-release': {
    title: 'A release is not what it was',
    severity: 'error',
    message: ({ name, version, since, changes, more }) => ({
      text: `${name} ${version} is not what it was in ${since}: ${listed(changes, more)}`,
      hint: 'A published version must stay as it is: give the change a version of its own.',
    }),
  },
  'registry/published-release': {
    title: 'A published release would change',
    severity: 'error',
    message: ({ name, version, published, changes, more, next, reason }) => ({
      text: `${name} ${version} is published in ${published} with other content${differences(changes, more, reason)}`,
      hint:
        `Restore it, or publish the change as ${next}. ` +
        `To replace what is published: --supersede ${name}@${version} --message "why".`,
    }),
  },
  'registry/removed-release': {
    title: 'A release is gone',
    severity: 'warning',
    message: ({ name, version, since }) => ({
      text: `${name} ${version}, which is in ${since}, is gone`,
      hint: 'Clusters may still use it: keep its directory, and deprecate the release instead.',
    }),
  },
};

function differences(changes: readonly string[], more: number, reason: string | undefined): string {
  if (reason !== undefined) return `, which cannot be compared: ${sentence(reason)}`;
  return changes.length === 0 ? '' : `: ${listed(changes, more)}`;
}
