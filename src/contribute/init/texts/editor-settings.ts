import { addingGlobs } from '../../../repo/pack-directories.ts';

const SCHEMAS = './node_modules/packyard/schemas';

/** What `.vscode/settings.json` says so that JSON and YAML are checked and completed while they are written. */
export function editorSettings(globs: readonly string[]): Readonly<Record<string, unknown>> {
  const files = (name: string): readonly string[] => addingGlobs(globs).map((glob) => `${glob}/${name}`);
  return {
    'json.schemas': [{ fileMatch: files('pack.json'), url: `${SCHEMAS}/pack.schema.json` }],
    'yaml.schemas': {
      [`${SCHEMAS}/registry.schema.json`]: ['registry.yaml'],
      [`${SCHEMAS}/values.schema.json`]: files('values.yaml'),
      [`${SCHEMAS}/status.schema.json`]: ['status/*.yaml'],
    },
  };
}

/** What `.vscode/extensions.json` proposes to install: without it VS Code knows nothing of schemas for YAML. */
export const EDITOR_EXTENSIONS: Readonly<Record<string, unknown>> = { recommendations: ['redhat.vscode-yaml'] };
