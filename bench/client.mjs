// What the client takes to start, to pull one pack and all packs, to mirror a registry, and what it asks for to get one pack
// out of 100,000 releases; beside `node -e 0` and loops of `curl`, in turns, over loopback. Prints medians.
//
//   node bench/client.mjs [repository-or-bundle] [rounds]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { manyReleases, oneMegabyte } from './many-releases.mjs';
import { cli, median, project, requireCompiled, table, time } from './measure.mjs';
import { staticHost } from './static-host.mjs';

requireCompiled();
const source = resolve(process.argv[2] ?? join(project, '../shared/corpus/community-packs.bundle'));
const rounds = Number(process.argv[3] ?? 9);
if (!existsSync(source)) {
  console.error(`${source} does not exist: name a Git repository, or a bundle of one, with packs below packs/.`);
  process.exit(2);
}
const LIMITS = { startUp: 2.5, bytes: 20_000 };
const PACKS = 10_000;
const folder = mkdtempSync(join(tmpdir(), 'packyard-bench-'));
let folders = 0;
let built;

try {
  console.log(`${rounds} rounds, ${availableParallelism()} cores, Node ${process.versions.node}\n`);
  const fits = [await startUp(), await onePack(), await corpus(), await manyPacks()];
  process.exitCode = fits.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** `packyard info` of a pack that the cache knows, asking nobody. */
async function startUp() {
  const { host, cache, releases, stop } = await served(collection());
  const registry = ['--registry', host.url];
  const [name] = releases;
  packyard(['info', name, ...registry], cache);
  const { node, info } = measured({
    node: () => time(process.execPath, ['-e', '0']),
    info: () => packyard(['info', name, '--offline', ...registry], cache),
  });
  print(
    ['what', 'median', 'to `node -e 0`', 'limit'],
    [
      ['`node -e 0`', milliseconds(node), '1.00', ''],
      ['`packyard info --offline`, warm', milliseconds(info), (info / node).toFixed(2), String(LIMITS.startUp)],
    ],
  );
  stop();
  return info / node <= LIMITS.startUp;
}

async function onePack() {
  const repository = join(folder, 'one');
  oneMegabyte(repository, join(project, 'packs/hello-yard-1.0.0'));
  commit(repository);
  const { host, cache, artifacts, stop } = await served(build(repository));
  const [path] = artifacts;
  const pull = (from, ...flags) => packyard(['pull', 'large@1.0.0', empty(), '--registry', host.url, ...flags], from);
  packyard(['pull', 'large@1.0.0', empty(), '--registry', host.url], cache);
  const results = measured({
    curl: () => time('sh', ['-c', `curl -sSf "$1" | tar xz -C "$2"`, 'sh', `${host.url}${path}`, empty()]),
    cold: () => pull(empty()),
    direct: () => pull(empty(), '--direct'),
    warm: () => pull(cache),
  });
  print(
    ['one pack of 1 MB', 'median', 'to `curl`'],
    rowsOf(results, 'curl', {
      curl: '`curl … \\| tar xz`',
      cold: '`pull`, nothing known',
      direct: '`pull --direct`, nothing known',
      warm: '`pull` again, archive in the cache',
    }),
  );
  stop();
  return true;
}

async function corpus() {
  const { host, cache, artifacts, files, releases, stop } = await served(collection());
  const list = (name, paths) => {
    writeFileSync(join(folder, name), paths.map((path) => `${path}\n`).join(''));
    return join(folder, name);
  };
  const [archives, all] = [list('archives', artifacts), list('all', files)];
  const unpack = 'while read -r path; do curl -sSf "$1$path" | tar xz -C "$3"; done <"$2"';
  const copy = 'while read -r path; do curl -sSf --create-dirs -o "$3/$path" "$1$path"; done <"$2"';
  const loop = (script, paths) => time('sh', ['-c', script, 'sh', host.url, paths, empty()]);
  const pull = (from) =>
    packyard(['pull', ...releases, empty(), '--allow-yanked', '--registry', host.url, '--quiet'], from);
  pull(cache);
  const mirrored = join(empty(), 'mirror');
  const mirror = (target) => packyard(['mirror', host.url, target, '--quiet'], empty());
  mirror(mirrored);
  const few = Math.max(3, Math.ceil(rounds / 3));
  const pulls = measured(
    {
      curl: () => loop(unpack, archives),
      cold: () => pull(empty()),
      warm: () => pull(cache),
    },
    few,
  );
  const mirrors = measured(
    {
      curl: () => loop(copy, all),
      first: () => mirror(join(empty(), 'mirror')),
      again: () => mirror(mirrored),
    },
    few,
  );
  print(
    [`${releases.length} packs`, 'median', 'to the loop'],
    rowsOf(pulls, 'curl', {
      curl: 'loop of `curl … \\| tar xz`',
      cold: '`pull` of all, nothing known',
      warm: '`pull` of all, archives in the cache',
    }),
  );
  print(
    [`${files.length} files`, 'median', 'to the loop'],
    rowsOf(mirrors, 'curl', {
      curl: 'loop of `curl -o`',
      first: '`mirror` into an empty folder',
      again: '`mirror` again, nothing changed',
    }),
  );
  stop();
  return true;
}

/** Requests and bytes, with their headers, for one pack. */
async function manyPacks() {
  const { out, name } = manyReleases(folder, PACKS);
  const { host, cache, stop } = await served(out);
  const registry = ['--registry', host.url];
  const direct = empty();
  const asked = async (args, from) => {
    packyard([...args, ...registry], from);
    const { requests, bytes } = await host.counted();
    return [requests, bytes];
  };
  await host.counted();
  const rows = {
    'info --direct, nothing known': await asked(['info', name, '--direct'], direct),
    'info --direct again': await asked(['info', name, '--direct'], direct),
    'pull --direct, nothing known': await asked(['pull', name, empty(), '--direct'], empty()),
    'info, nothing known': await asked(['info', name], cache),
    'info again': await asked(['info', name], cache),
  };
  print(
    [`one pack of ${(PACKS * 10).toLocaleString('en')} releases`, 'requests', 'bytes', 'limit'],
    Object.entries(rows).map(([what, [requests, bytes]]) => [
      `\`${what.replace(/(,| again)/u, '`$1')}`,
      String(requests),
      bytes.toLocaleString('en'),
      /--direct, /u.test(what) ? LIMITS.bytes.toLocaleString('en') : '',
    ]),
  );
  stop();
  return Object.entries(rows).every(([what, [, bytes]]) => !/--direct, /u.test(what) || bytes <= LIMITS.bytes);
}

/** The registry of the repository that was named, built once. */
function collection() {
  if (built !== undefined) return built;
  const repository = join(folder, 'collection');
  execFileSync('git', ['clone', '--quiet', '--branch', 'main', source, repository], { stdio: 'ignore' });
  built = build(repository, '--keep-going');
  return built;
}

function packyard(args, cache) {
  return time(process.execPath, [cli, ...args], { cwd: folder, env: environment(cache) });
}

/** Nothing of this machine's own settings. */
function environment(cache) {
  const { PATH, LANG } = process.env;
  return { PATH, LANG, HOME: folder, PACKYARD_CACHE_DIR: cache, GIT_CONFIG_GLOBAL: '/dev/null' };
}

/** An empty folder, another one each time. */
function empty() {
  folders += 1;
  const path = join(folder, 'made', String(folders));
  mkdirSync(path, { recursive: true });
  return path;
}

function commit(repository) {
  const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org'];
  const git = (...args) => execFileSync('git', args, { cwd: repository, stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all');
  git(...identity, 'commit', '--quiet', '--message', 'one pack');
}

function build(repository, ...flags) {
  const out = join(empty(), 'registry');
  const REFUSED = 1;
  const args = [cli, 'build', '--repo', repository, '--out', out, '--quiet', ...flags];
  time(process.execPath, args, { env: environment(empty()), statuses: [0, REFUSED] });
  return out;
}

/** A host of a registry, a cache, and what is in the registry. */
async function served(out) {
  const host = await staticHost(out);
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
    .filter((path) => !path.startsWith('.'));
  const documents = files.filter((path) => /^packs\/[^/]+\/index\.json$/u.test(path));
  const all = documents
    .map((path) => JSON.parse(readFileSync(join(out, path), 'utf8')))
    .flatMap(({ name, releases }) => releases.map((release) => ({ name, ...release })));
  return {
    host,
    cache: empty(),
    files,
    artifacts: all.map(({ artifact }) => artifact.path),
    releases: all.map(({ name, version }) => `${name}@${version}`),
    stop: () => host.stop(),
  };
}

/** Medians of what each takes, in turns; the first round, which warms what can be warmed, does not count. */
function measured(tasks, times = rounds) {
  const results = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = 0; round <= times; round += 1) {
    for (const [name, task] of Object.entries(tasks)) {
      const taken = task();
      if (round > 0) results[name].push(taken);
    }
  }
  return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, median(values)]));
}

function rowsOf(results, base, names) {
  return Object.entries(names).map(([key, name]) => [
    name,
    milliseconds(results[key]),
    (results[key] / results[base]).toFixed(2),
  ]);
}

function milliseconds(value) {
  return `${Math.round(value)} ms`;
}

function print(head, rows) {
  console.log(`${table([head, ...rows])}\n`);
}
