// Fails when a file of src/ imports from a room above its own.
//
//   node .ci/check-rooms.mjs [folder]
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** From the highest to the lowest: a room may import from those below it. */
const ROOMS = [
  'index.ts',
  'cli',
  'contribute',
  'publish',
  'client',
  'profile',
  'build',
  'check',
  'pack',
  'repo',
  'remote',
  'model',
  'errors.ts',
];

const folder = process.argv[2] ?? 'src';
const files = readdirSync(folder, { recursive: true })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const strays = files
  .filter((file) => rank(file) === -1)
  .map((file) => `${file}: ${roomOf(file)} is not one of the rooms`);
const wrong = files.flatMap((file) => importsOf(file).flatMap((target) => problemOf(file, target)));
const problems = [...strays, ...wrong];
for (const problem of problems) console.error(problem);
if (files.length === 0) console.error(`${folder} holds no TypeScript files: nothing was checked`);
console.log(`${files.length} files, ${problems.length} problems`);
process.exitCode = problems.length === 0 && files.length > 0 ? 0 : 1;

/** Static, dynamic and type imports alike: a type from above ties two rooms as well. */
function importsOf(file) {
  const source = readFileSync(join(folder, file), 'utf8');
  const specifiers = [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]*)['"]/gu)].map((match) => match[1]);
  const targets = specifiers.map((specifier) => posix.normalize(posix.join(posix.dirname(file), specifier)));
  // What is generated beside the compiled files belongs to the room of its folder.
  return targets.map((target) => target.replace(/^\.\.\/dist\//u, ''));
}

function problemOf(file, target) {
  const [from, to] = [rank(file), rank(target)];
  if (to === -1) return [`${file} imports ${target}, which is in no room`];
  if (from > to) return [`${file} imports ${target}: ${roomOf(file)} is below ${roomOf(target)}`];
  return [];
}

function rank(file) {
  return ROOMS.indexOf(roomOf(file));
}

function roomOf(file) {
  return file.split('/')[0];
}
