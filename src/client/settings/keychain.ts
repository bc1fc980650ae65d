import { PackyardError } from '../../errors.ts';
import { SERVICE, type Keyring } from './keyring.ts';
import { runProgram, type ProgramResult } from './run-program.ts';

/** Milliseconds: a person may be asked to allow it. */
const PATIENCE = 120_000;

/** What `security` says where there is no such item (errSecItemNotFound). */
const NOT_FOUND = 44;

/**
 * The keychain of macOS, by `security`. What it is to do goes to its standard input (`-i`): arguments can be seen by
 * every user of the machine. Source: security(1).
 */
export function keychain(environment: NodeJS.ProcessEnv, program = '/usr/bin/security'): Keyring {
  const run = async (args: readonly string[], input = ''): Promise<ProgramResult> => {
    try {
      return await runProgram(program, args, input, { environment, milliseconds: PATIENCE });
    } catch (error) {
      throw refused('used', error);
    }
  };
  const item = (address: string): string[] => ['-s', SERVICE, '-a', address];
  return {
    name: 'the keychain of this Mac',
    async read(address) {
      const { status, output } = await run(['find-generic-password', ...item(address), '-w']);
      if (status === 0) return fromHex(output.trim());
      if (status === NOT_FOUND) return undefined;
      throw refused('read');
    },
    async write(address, secret) {
      // As hexadecimal digits it needs no quotes, whatever is in it.
      const hex = Buffer.from(secret, 'utf8').toString('hex');
      const words = ['add-generic-password', '-U', ...item(address).map(quoted), '-w', hex];
      const { status } = await run(['-i'], `${words.join(' ')}\n`);
      // In this mode it ends well whatever happened.
      if (status !== 0 || (await this.read(address)) !== secret) throw refused('written');
    },
    async remove(address) {
      const { status } = await run(['delete-generic-password', ...item(address)]);
      if (status !== 0 && status !== NOT_FOUND) throw refused('written');
    },
  };
}

function quoted(word: string): string {
  return `"${word.replaceAll(/["\\]/gu, String.raw`\$&`)}"`;
}

function fromHex(text: string): string {
  return Buffer.from(text, 'hex').toString('utf8');
}

function refused(done: string, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'credentials-unusable',
    message: `The keychain of this Mac could not be ${done}.`,
    hint: 'Unlock it and try again, or log in without --keyring.',
    cause,
  });
}
