// Makes a Git repository of synthetic packs, the same for the same options.
//
//   node bench/generate-repository.mjs DIRECTORY [--packs 1000] [--releases 10] [--layout flat|nested|in-place]
//       [--commits 20] [--bytes 600] [--logos 50] [--seed 1] [--work-tree]
//
// flat: packs/<name>-<version>; nested: packs/<name>/<version>; in-place: packs/<name>, each version in the place of the
// one before. The first commit has half of the releases (in-place: the first), each further one some more. --bytes is the
// size of each values.yaml, --logos how many different pictures there are: two packs of three have one.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';

import { packFile, treeOf } from './pack-file.mjs';

const DEFAULTS = { packs: 1000, releases: 10, layout: 'flat', commits: 20, bytes: 600, logos: 50, seed: 1 };

const LAYERS = ['addon', 'addon', 'addon', 'csi', 'cni', 'os', 'k8s'];
const FIRST_COMMIT = Date.UTC(2020, 0, 1) / 1000;
const HOUR = 3600;

/** Makes the repository in a directory that is not there yet. */
export function generateRepository(directory, asked = {}) {
  const options = { ...DEFAULTS, ...asked };
  const objects = packFile();
  const logos = Array.from({ length: options.logos }, (_, index) => objects.add('blob', picture(index, options.seed)));
  const names = Array.from({ length: options.packs }, (_, index) => nameOf(index, options.seed));
  const releases = names.flatMap((name, pack) =>
    Array.from({ length: options.releases }, (_, release) => {
      const version = versionOf(release);
      const commit = landingOf(pack, release, options);
      const logo = pack % 3 === 0 ? undefined : logos[pack % logos.length];
      return { name, version, commit, tree: packTree(objects, { name, version, logo, pack, options }) };
    }),
  );
  const config = objects.add('blob', 'name: synthetic\ntitle: Synthetic packs\n');
  let parent;
  for (let commit = 0; commit < options.commits; commit += 1) {
    const present = releases.filter((release) => release.commit <= commit);
    const packs = objects.add('tree', packsTree(objects, present, options.layout));
    const root = objects.add(
      'tree',
      treeOf([
        ['packs', '40000', packs],
        ['registry.yaml', '100644', config],
      ]),
    );
    parent = objects.add('commit', commitText(root, parent, commit));
  }
  mkdirSync(directory, { recursive: true });
  git(directory, 'init', '--quiet', '--initial-branch=main');
  objects.store(directory);
  git(directory, 'update-ref', 'refs/heads/main', parent);
}

/** Adds a commit with one more release of one pack, and gives the directory that it lies in. */
export function addRelease(directory, number, asked = {}) {
  const options = { ...DEFAULTS, ...asked };
  const pack = (number * 7919) % options.packs;
  const [name, version] = [nameOf(pack, options.seed), versionOf(options.releases + number)];
  const path = pathOf(options.layout, name, version);
  const at = FIRST_COMMIT + (options.commits + number) * HOUR;
  const files = Object.entries(textsOf({ name, version, pack, options }));
  const stream = [
    `commit refs/heads/main\ncommitter ${IDENTITY} ${at} +0000\n${data(`Add ${name} ${version}`)}from refs/heads/main^0\n`,
    ...files.map(([file, text]) => `M 100644 inline ${path}/${file}\n${data(text)}`),
  ];
  execFileSync('git', ['fast-import', '--quiet'], { cwd: directory, input: stream.join('') });
  return path;
}

/** Puts the files of the newest commit beside the repository, which is slow. */
export function checkOut(directory) {
  git(directory, 'reset', '--quiet', '--hard');
}

const IDENTITY = 'Bench <bench@example.org>';

function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function commitText(tree, parent, number) {
  const line = `${IDENTITY} ${FIRST_COMMIT + number * HOUR} +0000`;
  const parents = parent === undefined ? '' : `parent ${parent}\n`;
  return `tree ${tree}\n${parents}author ${line}\ncommitter ${line}\n\nAdd releases\n`;
}

/** The first commit holds half of the releases of each pack, or one in one place; the others come evenly and in order. */
function landingOf(pack, release, { packs, releases, commits, layout }) {
  const early = layout === 'in-place' ? 1 : Math.ceil(releases / 2);
  if (release < early || commits === 1) return 0;
  const place = (release - early) * packs + pack;
  return 1 + Math.floor((place * (commits - 1)) / ((releases - early) * packs));
}

function packsTree(objects, releases, layout) {
  if (layout === 'flat')
    return treeOf(releases.map(({ name, version, tree }) => [`${name}-${version}`, '40000', tree]));
  return treeOf(
    [...groupByName(releases)].map(([name, own]) => {
      if (layout === 'in-place') return [name, '40000', own.at(-1).tree];
      const versions = own.map(({ version, tree }) => [version, '40000', tree]);
      return [name, '40000', objects.add('tree', treeOf(versions))];
    }),
  );
}

function groupByName(releases) {
  const groups = new Map();
  for (const release of releases) {
    const group = groups.get(release.name);
    if (group === undefined) groups.set(release.name, [release]);
    else group.push(release);
  }
  return groups;
}

function pathOf(layout, name, version) {
  return { flat: `packs/${name}-${version}`, nested: `packs/${name}/${version}`, 'in-place': `packs/${name}` }[layout];
}

function packTree(objects, { logo, ...pack }) {
  const entries = Object.entries(textsOf(pack)).map(([file, text]) => [file, '100644', objects.add('blob', text)]);
  if (logo !== undefined) entries.push(['logo.png', '100644', logo]);
  return objects.add('tree', treeOf(entries));
}

function textsOf({ name, version, pack, options }) {
  const manifest = {
    addonType: 'app services',
    annotations: { source: 'community', contributor: `team-${pack % 20}` },
    cloudTypes: ['all'],
    displayName: name.replaceAll('-', ' '),
    layer: LAYERS[pack % LAYERS.length],
    name,
    version,
  };
  return {
    'README.md': `# ${name}\n\nWhat ${name} is for, and how to set it up.\n\n## Parameters\n\n- \`replicas\`: how many run.\n`,
    'pack.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'values.yaml': valuesOf(name, version, options.bytes),
  };
}

function valuesOf(name, version, bytes) {
  const head = `pack:\n  namespace: ${name}\n  content:\n    images:\n      - image: registry.example.org/${name}:${version}\n`;
  const lines = [head, `${name}:\n  version: "${version}"\n  replicas: 2\n`];
  let length = lines.join('').length;
  for (let index = 0; length < bytes; index += 1) {
    const line = `  setting${index}: value of setting ${index}\n`;
    lines.push(line);
    length += line.length;
  }
  return lines.join('');
}

function versionOf(release) {
  return `${1 + Math.floor(release / 6)}.${release % 6}.${(release * 7) % 4}`;
}

const WORDS = ['amber', 'basalt', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'harbor', 'indigo', 'juniper', 'kelp'];

function nameOf(pack, seed) {
  const word = (step) => WORDS[(Math.imul(pack + step, 2_654_435_761 + seed) >>> 0) % WORDS.length];
  return `${word(1)}-${word(4)}-${pack}`;
}

/** A logo of one colour. */
function picture(index, seed) {
  const side = 64;
  const colour = [(index * 47 + seed) & 255, (index * 89) & 255, (index * 13) & 255];
  const row = [0, ...Array.from({ length: side }, () => colour).flat()];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.from(Array.from({ length: side }, () => row).flat());
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function git(directory, ...args) {
  return execFileSync('git', args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** What is asked for on the command line, besides what the caller takes itself. */
function parseOptions(args, more = {}) {
  const numbers = ['packs', 'releases', 'commits', 'bytes', 'logos', 'seed'];
  const text = { type: 'string' };
  const named = Object.fromEntries([...numbers, 'layout'].map((name) => [name, text]));
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { ...named, ...more } });
  for (const name of numbers) if (values[name] !== undefined) values[name] = Number(values[name]);
  return { values, positionals };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseOptions(process.argv.slice(2), { 'work-tree': { type: 'boolean' } });
  const [directory] = positionals;
  if (directory === undefined) {
    console.error('Name a directory for the repository.');
    process.exit(2);
  }
  generateRepository(resolve(directory), values);
  if (values['work-tree'] === true) checkOut(resolve(directory));
}
