// Makes docs/commands/ and docs/man/packyard.1 from the definitions of the commands. Needs `npm run compile` first.
//
//   node docs/.source/commands.mjs            write them, and remove pages of commands that are gone
//   node docs/.source/commands.mjs --check    write nothing; exit 1 if something would change
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { commandDefinition } from '../../dist/cli/command-definition.js';
import { wholeProgram } from '../../dist/cli/program.js';
import { commandPages } from './command-pages.mjs';
import { manualPage } from './manual-page.mjs';

const docs = new URL('../', import.meta.url);
const silent = { out() {}, err() {}, paintOut: plain, paintErr: plain, interactive: false, links: false };
const program = commandDefinition(await wholeProgram(silent));

const files = new Map([...commandPages(program), ['man/packyard.1', manualPage(program)]]);
const written = existsSync(new URL('commands/', docs)) ? readdirSync(new URL('commands/', docs)) : [];
const gone = written.map((name) => `commands/${name}`).filter((path) => !files.has(path));
const other = [...files].filter(([path, text]) => textAt(path) !== text).map(([path]) => path);

if (process.argv.includes('--check')) {
  for (const path of [...other, ...gone].toSorted()) {
    process.stderr.write(`docs/${path} is not what docs/.source/commands.mjs makes of the commands\n`);
    process.exitCode = 1;
  }
} else {
  for (const path of other) {
    mkdirSync(new URL('./', new URL(path, docs)), { recursive: true });
    writeFileSync(new URL(path, docs), files.get(path));
  }
  for (const path of gone) rmSync(new URL(path, docs));
}

function textAt(path) {
  const file = new URL(path, docs);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function plain(_style, text) {
  return text;
}
