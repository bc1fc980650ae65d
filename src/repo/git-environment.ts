import { devNull } from 'node:os';

import type { Setting } from './own-programs.ts';

/** What makes Git look at another repository, index or object store than the one it is pointed at. */
const REDIRECTING = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_ATTR_SOURCE',
  'GIT_GRAFT_FILE',
  'GIT_SHALLOW_FILE',
  'GIT_REPLACE_REF_BASE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
]);

/** Programs that Git would start and that reading a repository never needs. */
const PROGRAMS =
  /^(?:GIT_(?:SSH|EDITOR|PAGER|ASKPASS|SEQUENCE_EDITOR|EXTERNAL_DIFF|TRACE).*|EDITOR|VISUAL|PAGER|SSH_ASKPASS|PREFIX)$/u;

/**
 * Programs that a repository's own settings would start. Below the null device there is no hook on any platform. Where
 * objects are fetched when they are asked for, nobody wants the repository to be packed anew.
 */
const SETTINGS: readonly Setting[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', devNull],
  ['protocol.ext.allow', 'never'],
  ['maintenance.auto', 'false'],
  // Ids and file names are read as UTF-8, whatever encoding somebody likes his log in.
  ['i18n.logOutputEncoding', 'UTF-8'],
];

/**
 * The environment in which Git reads: the caller's, less what would make it read something else, and with its messages
 * in English, no prompt, no lock taken, no replacement objects, so that a commit means the same on every machine, and
 * none of the repository's own programs.
 */
export function gitEnvironment(
  extra: Readonly<Record<string, string>> = {},
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    // Windows takes `git_dir` for the same.
    const known = platform === 'win32' ? name.toUpperCase() : name;
    if (value === undefined || REDIRECTING.has(known) || PROGRAMS.test(known)) continue;
    environment[name] = value;
  }
  return {
    ...environment,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    ...settingVariables(),
    ...extra,
  };
}

/**
 * The variables that give Git settings above those of the repository and the user. They are numbered, and the last one
 * wins: the caller's own keep their numbers.
 */
export function settingVariables(more: readonly Setting[] = []): Record<string, string> {
  const count = process.env['GIT_CONFIG_COUNT'] ?? '0';
  // Git refuses to start with a count that is none, and says so better.
  if (!/^\d*$/u.test(count)) return {};
  const first = Number(count);
  const settings = [...SETTINGS, ...more];
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(first + settings.length) };
  for (const [index, [key, value]] of settings.entries()) {
    variables[`GIT_CONFIG_KEY_${first + index}`] = key;
    variables[`GIT_CONFIG_VALUE_${first + index}`] = value;
  }
  return variables;
}
