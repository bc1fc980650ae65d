import { spawn } from 'node:child_process';

export interface ProgramResult {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

const MOST_CHARACTERS = 100_000;

/**
 * Runs a program of the system and gives it a text to read. What it prints stays between the two. Rejects with the
 * system's error where it cannot be started, and with a `TimeoutError` where it takes longer than it may.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  input: string,
  { environment, milliseconds }: { readonly environment: NodeJS.ProcessEnv; readonly milliseconds: number },
): Promise<ProgramResult> {
  const signal = AbortSignal.timeout(milliseconds);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment, stdio: 'pipe', windowsHide: true, shell: false });
    let output = '';
    let errors = '';
    const stop = (): void => {
      child.kill('SIGKILL');
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (output += text.slice(0, MOST_CHARACTERS)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (errors += text.slice(0, MOST_CHARACTERS)));
    // It may end before it read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (status) => {
      signal.removeEventListener('abort', stop);
      resolve({ status, output, errors });
    });
  });
}
