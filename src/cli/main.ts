#!/usr/bin/env node
import './tune-v8.ts';

import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

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
process.exitCode = await runProgram(process.argv.slice(2), processTerminal());
