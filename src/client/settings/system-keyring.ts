import { keychain } from './keychain.ts';
import type { Keyring } from './keyring.ts';
import { secretService } from './secret-service.ts';

/** The keyring of a system; undefined where Packyard knows none. */
export function systemKeyring(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Keyring | undefined {
  if (platform === 'darwin') return keychain(environment);
  return platform === 'win32' ? undefined : secretService(environment);
}
