// Fails when a file of src/ imports from a room above its own.
//
//   node .ci/check-rooms.mjs [folder]
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** From the highest to the lowest: a room may import from those below it. */
const ROOMS = ['index.ts', 'cli', 'publish', 'client', 'profile', 'build', 'check', 'pack', 'repo', 'model', 'errors.ts'];

const folder = process.argv[2] ?? 'src';
const files = readdirSync(folder, { recursive: true }).map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.ts'));
const problems = files.flatMap((file) => importsOf(file).flatMap((target) => problemOf(file, target)));
for (const problem of problems) console.error(problem);
if (files.length === 0) console.error(`${folder} holds no TypeScript files: nothing was checked`);
console.log(`${files.length} files, ${problems.length} imports in the wrong direction`);
process.exitCode = problems.length === 0 && files.length > 0 ? 0 : 1;

/** Static, dynamic and type imports alike: a type from above ties two rooms as well. */
function importsOf(file) {
  const source = readFileSync(join(folder, file), 'utf8');
  const specifiers = [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]*)['"]/gu)].map((match) => match[1]);
  return specifiers.map((specifier) => posix.normalize(posix.join(posix.dirname(file), specifier)));
}

function problemOf(file, target) {
  const [from, to] = [rank(file), rank(target)];
  const [room, other] = [roomOf(file), roomOf(target)];
  if (from === -1) return [`${file}: ${room} is not one of the rooms`];
  if (to === -1) return [`${file} imports ${target}, which is in no room`];
  if (from > to) return [`${file} imports ${target}: ${room} is below ${other}`];
  return [];
}

function rank(file) {
  return ROOMS.indexOf(roomOf(file));
}

function roomOf(file) {
  return file.split('/')[0];
}
