import { PackyardError, systemCode } from '../../errors.ts';
import { SERVICE, type Keyring } from './keyring.ts';
import { runProgram, type ProgramResult } from './run-program.ts';

/** Milliseconds: a person may be asked to unlock the keyring. */
const PATIENCE = 120_000;

/** The keyring of Linux desktops, by `secret-tool` of libsecret. Source: Secret Service API 0.2; secret-tool(1). */
export function secretService(environment: NodeJS.ProcessEnv): Keyring {
  const run = async (verb: string, args: readonly string[], input = ''): Promise<ProgramResult> => {
    try {
      return await runProgram('secret-tool', [verb, ...args], input, { environment, milliseconds: PATIENCE });
    } catch (error) {
      const missing = systemCode(error) === 'ENOENT';
      throw new PackyardError({
        code: 'credentials-unusable',
        message: missing
          ? 'The keyring of this system cannot be used: there is no secret-tool.'
          : 'The keyring of this system does not answer.',
        hint: missing
          ? 'Install it (Debian: libsecret-tools; Fedora: libsecret), or log in without --keyring.'
          : 'Unlock it and try again, or log in without --keyring.',
        cause: error,
      });
    }
  };
  const attributes = (address: string): string[] => ['service', SERVICE, 'address', address];
  return {
    name: 'the keyring of this system',
    async read(address) {
      const { status, output, errors } = await run('lookup', attributes(address));
      if (status === 0) return output;
      // Nothing found and nothing said are the same to it.
      if (errors.trim() === '') return undefined;
      throw refused('read', errors);
    },
    async write(address, secret) {
      const label = `Packyard login for ${address}`;
      const { status, errors } = await run('store', [`--label=${label}`, ...attributes(address)], secret);
      if (status !== 0) throw refused('written', errors);
    },
    async remove(address) {
      const { status, errors } = await run('clear', attributes(address));
      if (status !== 0 && errors.trim() !== '') throw refused('written', errors);
    },
  };
}

function refused(done: string, errors: string): PackyardError {
  const reason = errors
    .trim()
    .replace(/^secret-tool: /u, '')
    .slice(0, 200)
    .replace(/\.$/u, '');
  return new PackyardError({
    code: 'credentials-unusable',
    message: `The keyring of this system could not be ${done}${reason === '' ? '' : `: ${reason}`}.`,
    hint: 'Unlock it and try again, or log in without --keyring.',
  });
}
