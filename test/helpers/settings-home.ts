import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { scratch } from './scratch.ts';

/** A machine's user and the folder that he works in, with nothing in either. */
export interface SettingsHome {
  /** Folder of the settings. */
  readonly folder: string;
  /** The current folder. */
  readonly cwd: string;
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Writes a file of settings; what is no text is written as JSON. */
  config(value: unknown): string;
  credentials(logins: unknown): string;
  project(value: unknown): string;
  netrc(text: string): string;
}

export async function settingsHome(variables: NodeJS.ProcessEnv = {}): Promise<SettingsHome> {
  const root = await scratch();
  const [home, folder, cwd] = [join(root, 'home'), join(root, 'settings'), join(root, 'project')];
  for (const each of [home, folder, cwd]) mkdirSync(each, { mode: 0o700 });
  const write = (file: string, value: unknown, mode = 0o600): string => {
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value), { mode });
    return file;
  };
  return {
    folder,
    cwd,
    home,
    environment: {
      PATH: process.env['PATH'],
      HOME: home,
      PACKYARD_CONFIG_DIR: folder,
      PACKYARD_CACHE_DIR: join(root, 'cache'),
      ...variables,
    },
    config: (value) => write(join(folder, 'config.json'), value),
    credentials: (logins) => write(join(folder, 'credentials.json'), { logins }),
    project: (value) => write(join(cwd, 'packyard.json'), value, 0o644),
    netrc: (text) => write(join(home, '.netrc'), text),
  };
}
