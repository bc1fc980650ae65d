import { PackyardError } from '../errors.ts';

/** A terminal that can be read without showing what is typed: `process.stdin`. */
export interface SecretInput {
  readonly isTTY?: boolean;
  setRawMode(raw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  off(event: 'data', listener: (text: string) => void): unknown;
  off(event: 'end', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

const MOST_CHARACTERS = 16_384;
/** What keys send that move, delete or select, and what a terminal puts around a pasted text. */
// eslint-disable-next-line no-control-regex
const SEQUENCE = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O[A-Za-z]|.)?/gu;

/**
 * Asks at a terminal, which shows nothing of the answer. Return ends it, Backspace and Ctrl-U take back, Ctrl-C gives
 * up: rejects with `cancelled`. The terminal is left as it was.
 */
export async function askSecret(
  question: string,
  print: (text: string) => void,
  input: SecretInput = process.stdin,
): Promise<string> {
  // First, so that an answer that comes at once is not shown either.
  input.setRawMode(true);
  input.setEncoding('utf8');
  print(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      let answer: readonly string[] = [];
      const settle = (finish: () => void): void => {
        input.off('data', read);
        input.off('end', stop);
        finish();
      };
      const stop = (): void => settle(() => reject(cancelled()));
      const read = (text: string): void => {
        for (const key of text.replace(SEQUENCE, '')) {
          if (key === '\r' || key === '\n') return settle(() => resolve(answer.join('')));
          if (key === '\u0003' || (key === '\u0004' && answer.length === 0)) return stop();
          if (key === '\u007f' || key === '\b') answer = answer.slice(0, -1);
          else if (key === '\u0015') answer = [];
          else if (key >= ' ' && answer.length < MOST_CHARACTERS) answer = [...answer, key];
        }
        return undefined;
      };
      input.on('data', read);
      input.on('end', stop);
      input.resume();
    });
  } finally {
    input.setRawMode(false);
    input.pause();
    print('\n');
  }
}

function cancelled(): PackyardError {
  return new PackyardError({
    code: 'cancelled',
    message: 'No secret was given, and nothing was stored.',
    hint: 'Run the command again, or give the secret with --stdin.',
  });
}
