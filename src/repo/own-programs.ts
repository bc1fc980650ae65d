import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One setting of Git: its key, with section and name in lower case, and its value. */
export type Setting = readonly [key: string, value: string];

/** Where Git looks for a repository's settings. */
interface SettingFiles {
  /** Absolute path of the repository's own folder. */
  readonly gitDirectory: string;
  /** The same, or that of the repository which a linked work tree belongs to. */
  readonly commonDirectory: string;
}

/** What stands in the text of every file of settings that names a program; nothing in a key can be escaped. */
const SUSPECT = /\[\s*(?:filter|include|hook)|sshcommand|gitproxy|askpass|alternaterefscommand|helper|uploadpack/iu;

/**
 * Whether a repository's own settings may name programs that reading could start. Mostly they do not, which is known
 * without a process.
 */
export function mayNamePrograms({ gitDirectory, commonDirectory }: SettingFiles): boolean {
  const folders = new Set([gitDirectory, commonDirectory]);
  const files = [...folders].flatMap((folder) => [join(folder, 'config'), join(folder, 'config.worktree')]);
  return files.some((file) => existsSync(file) && SUSPECT.test(readFileSync(file, 'latin1')));
}

/**
 * Settings which, behind all others, put aside every program that only the repository's own settings name, given what
 * `git config --list --show-scope -z` prints. What the user or the system has set up counts again. A filter that cannot
 * be had so is made one that is required and fails, so that no content is taken for what it is not.
 */
export function withoutOwnPrograms(listed: string): readonly Setting[] {
  const all = settingsIn(listed);
  const own = all.filter(({ scope }) => scope === 'local' || scope === 'worktree').map(({ setting }) => setting);
  const others = all.filter(({ scope }) => scope === 'global' || scope === 'system').map(({ setting }) => setting);
  const last = (key: string): string | undefined => others.findLast(([other]) => other === key)?.[1];
  const keys = new Set(own.map(([key]) => key));
  const named = [...keys].flatMap((key): Setting[] => {
    const instead = INSTEAD.find(([pattern]) => pattern.test(key))?.[1];
    return instead === undefined ? [] : [[key, last(key) ?? instead]];
  });
  const filters = namesIn(keys, /^filter\.(.*)\.(?:clean|smudge|process|required)$/su);
  const hooks = namesIn(keys, /^hook\.(.*)\.[^.]*$/su);
  return [
    ...named,
    ...filters.flatMap((name) => filterSettings(name, keys, last)),
    // The first one counts, so that none can be put aside; where it runs on this machine, nothing is fetched.
    ...([...keys].some((key) => /^remote\..*\.uploadpack$/su.test(key)) ? [NO_FILES] : []),
    ...hooks.map((name): Setting => [`hook.${name}.enabled`, 'false']),
    ...([...keys].some((key) => HELPER.test(key)) ? helpers(others) : []),
  ];
}

/** What stands for a program that only the repository names. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [
  [/^core\.sshcommand$/u, 'ssh'],
  [/^core\.askpass$/u, ''],
  [/^core\.alternaterefscommand$/u, 'true'],
];

const NO_FILES: Setting = ['protocol.file.allow', 'never'];

const HELPER = /^credential\.(?:.*\.)?helper$/su;

/** An empty helper takes those before it off the list. */
function helpers(others: readonly Setting[]): Setting[] {
  return [['credential.helper', ''], ...others.filter(([key]) => HELPER.test(key))];
}

function filterSettings(
  name: string,
  own: ReadonlySet<string>,
  last: (key: string) => string | undefined,
): readonly Setting[] {
  const valueOf = (kind: string): string | undefined => last(`filter.${name}.${kind}`);
  const [clean, process] = [valueOf('clean'), valueOf('process')];
  // A process that is named, and be it empty, stands before a command.
  const theirs = own.has(`filter.${name}.process`) ? process : (process ?? clean);
  if (theirs === undefined) {
    return [
      [`filter.${name}.clean`, ''],
      [`filter.${name}.smudge`, ''],
      [`filter.${name}.process`, ''],
      [`filter.${name}.required`, 'true'],
    ];
  }
  return ['clean', 'smudge', 'process', 'required'].flatMap((kind): Setting[] => {
    const key = `filter.${name}.${kind}`;
    return own.has(key) ? [[key, valueOf(kind) ?? (kind === 'required' ? 'false' : '')]] : [];
  });
}

function namesIn(keys: ReadonlySet<string>, pattern: RegExp): string[] {
  return [...new Set([...keys].flatMap((key) => pattern.exec(key)?.[1] ?? []))];
}

/** A setting of Git, and where it stands: `system`, `global`, `local`, `worktree` or `command`. */
export interface ScopedSetting {
  readonly scope: string;
  readonly setting: Setting;
}

/**
 * What `git config --list --show-scope -z` prints: `<scope>\0<key>\n<value>\0`, again and again; without the line feed
 * where a key has no value, which means true.
 */
export function settingsIn(listed: string): readonly ScopedSetting[] {
  const parts = listed.split('\0');
  const settings: ScopedSetting[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [scope = '', text = ''] = parts.slice(index, index + 2);
    const end = text.indexOf('\n');
    const setting: Setting = end === -1 ? [text, 'true'] : [text.slice(0, end), text.slice(end + 1)];
    settings.push({ scope, setting });
  }
  return settings;
}
