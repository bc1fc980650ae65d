#!/usr/bin/env node
import './tune-v8.ts';

import { processTerminal } from './terminal.ts';
import { version } from './version.ts';

// A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
// Whoever stops the process this way wants it gone, but its temporary folders with it.
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => process.exit(status));
}
const args = process.argv.slice(2);
const terminal = processTerminal();
if (args.length === 1 && ['-V', '--version'].includes(args[0] ?? '')) {
  // Asked by every script before it asks for anything else: it takes no parser of command lines.
  terminal.out(`${version()}\n`);
} else {
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(args, terminal);
}
