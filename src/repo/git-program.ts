import { statSync } from 'node:fs';
import platform, { type PlatformPath } from 'node:path';

/**
 * What is started as Git. On Windows a name alone is looked for in the folder in which it is to run before the folders of
 * PATH: a repository could bring a `git.exe` of its own. There it is the absolute path of the first one on PATH.
 */
export function gitProgram(environment: NodeJS.ProcessEnv = process.env): string {
  return platform.sep === '\\' ? programOnPath('git.exe', environment, isFile) : 'git';
}

/**
 * The absolute path of a program on a PATH as Windows has it; where there is none, one at which nothing is. Folders that
 * are relative would be those of a repository.
 */
export function programOnPath(
  name: string,
  environment: NodeJS.ProcessEnv,
  isThere: (path: string) => boolean,
  system: PlatformPath = platform,
): string {
  const [, list = ''] = Object.entries(environment).find(([key]) => key.toUpperCase() === 'PATH') ?? [];
  const folders = list.split(system.delimiter).map((folder) => folder.replaceAll('"', '').trim());
  const paths = folders.filter((folder) => isRooted(folder, system)).map((folder) => system.join(folder, name));
  return paths.find(isThere) ?? paths[0] ?? system.resolve(system.sep, name);
}

/** On Windows `\tools` is absolute, but on whatever drive is the current one. */
function isRooted(folder: string, system: PlatformPath): boolean {
  return system.isAbsolute(folder) && system.parse(folder).root.length > (system.sep === '\\' ? 1 : 0);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
