import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where a user's settings and logins are: `PACKYARD_CONFIG_DIR`, else the platform's folder for settings.
 * Source: XDG Base Directory Specification 0.8.
 */
export function settingsDirectory(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const { PACKYARD_CONFIG_DIR: own, XDG_CONFIG_HOME: xdg, APPDATA: roaming } = environment;
  if (own !== undefined && own !== '') return resolve(own);
  if (platform === 'win32' && roaming !== undefined && roaming !== '') return join(roaming, 'packyard');
  const home = homeDirectory(environment, platform);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'packyard');
  return join(xdg !== undefined && xdg !== '' ? xdg : join(home, '.config'), 'packyard');
}

/** The user's own folder. */
export function homeDirectory(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = platform === 'win32' ? environment['USERPROFILE'] : environment['HOME'];
  return home !== undefined && home !== '' ? home : homedir();
}
