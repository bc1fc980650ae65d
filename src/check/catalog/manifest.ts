import type { ManifestRules } from '../../model/rules/manifest-rules.ts';
import type { Catalog } from './entry.ts';
import { missing, quoted, sentence } from './words.ts';

export const MANIFEST: Catalog<ManifestRules> = {
  'manifest/missing-file': {
    title: 'A listed manifest is missing',
    severity: 'error',
    message: (args) => missing('manifest', args),
  },
  'manifest/unlisted': {
    title: 'A manifest is not listed',
    severity: 'warning',
    fix: 'safe',
    message: ({ path }) => ({
      text: `pack.json does not list the manifest ${quoted(path)}, so that it is never applied`,
      hint: 'Add it to kubeManifests where its turn is, or take the file out.',
    }),
  },
  'manifest/invalid-yaml': {
    title: 'A manifest is not YAML',
    severity: 'warning',
    message: ({ path, reason }) => ({
      text: `the manifest ${quoted(path)} is not YAML: ${sentence(reason)}`,
      hint: 'Mend the line, and see that lines of one mapping begin in the same column; tabs cannot indent.',
    }),
  },
  'manifest/no-values': {
    title: 'A manifest uses values that the pack does not have',
    severity: 'warning',
    message: ({ path, name }) => ({
      text: `the manifest ${quoted(path)} uses .Values, but values.yaml has no block for it`,
      hint: `Add its values to values.yaml under "manifests", with the key ${quoted(name)}.`,
    }),
  },
  'manifest/no-kind': {
    title: 'A document of a manifest has no kind or apiVersion',
    severity: 'error',
    message: ({ path, missing: keys }) => ({
      text: `a document of the manifest ${quoted(path)} has no ${keys.join(' and no ')}`,
      hint: 'No cluster takes it: add what is missing, or take the document out.',
    }),
  },
};
