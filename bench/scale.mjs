// Builds synthetic repositories of several sizes: the index from cached archives, with nothing changed, with one release
// added, and `check --since`; prints times and peak memory, and how they grow.
//
//   node bench/scale.mjs [--releases 1000,10000,100000] [--rounds 3] [--layout flat|nested|in-place] [--work-tree]
//       [--keep DIRECTORY]
//
// With --keep, repositories, caches and outputs stay in a directory for the next run: the first build of 100,000 releases
// takes long.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { addRelease, checkOut, generateRepository } from './generate-repository.mjs';
import { cli, median, peakOf, requireCompiled, table, time } from './measure.mjs';

requireCompiled();
const text = (value) => ({ type: 'string', default: value });
const { values: options } = parseArgs({
  options: {
    releases: text('1000,10000,100000'),
    rounds: text('3'),
    layout: text('flat'),
    keep: { type: 'string' },
    'work-tree': { type: 'boolean', default: false },
  },
});
const RELEASES_PER_PACK = 10;
const LARGEST = 100_000;
/** Seconds and MiB for the largest, and how many times as long as a tenth of it it may take. */
const LIMITS = { seconds: 8, memory: 1024, growth: 12 };
/** Cached by content or tree id: what an index is made of. Everything else is thrown away before it is made anew. */
const ARCHIVES = new Set(['files', 'logos', 'releases', 'tmp']);
const FINDINGS = 1;
const HEAD = ['releases', 'what', 'median', 'limit', 'to a tenth of the releases', 'limit', 'peak memory', 'limit'];
const STEPS = [
  ['index', 'index from cached archives, `--dry-run`'],
  ['unchanged', 'nothing changed'],
  ['changed', 'one release added'],
  ['since', '`check --since`, one release added'],
];
const REQUIRED = new Set(['unchanged', 'changed']);

const folder = options.keep === undefined ? mkdtempSync(join(tmpdir(), 'packyard-scale-')) : resolve(options.keep);
try {
  const rounds = Number(options.rounds);
  console.log(
    `${rounds} rounds, ${availableParallelism()} cores, Node ${process.versions.node}, ${options.layout} layout\n`,
  );
  const sizes = options.releases.split(',').map(Number);
  const results = new Map(sizes.map((releases) => [releases, measure(releases, rounds)]));
  console.log(table([HEAD, ...[...results].flatMap(([releases, result]) => rowsOf(releases, result, results))]));
  process.exitCode = [...results].every(([releases, result]) => within(releases, result, results)) ? 0 : 1;
} finally {
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

function measure(releases, rounds) {
  const bench = prepare(releases);
  const { run, peak, advance } = bench;
  const result = { index: [], unchanged: [], changed: [], since: [] };
  // Fills the disk's cache, and what `check` keeps of the packs as they are.
  run('check');
  for (let round = 0; round < rounds; round += 1) {
    bench.forgetIndex();
    result.index.push(run('build', '--dry-run'));
    // Nothing is known any more of what the output holds: this build finds that out, and does not count.
    run('build');
    result.unchanged.push(run('build'));
    advance();
    result.since.push(run('check', '--since', 'HEAD~1'));
    result.changed.push(run('build'));
  }
  const memory = {};
  memory.unchanged = peak('build');
  advance();
  memory.since = peak('check', '--since', 'HEAD~1');
  memory.changed = peak('build');
  bench.forgetIndex();
  memory.index = peak('build', '--dry-run');
  run('build');
  const medians = Object.fromEntries(Object.entries(result).map(([name, times]) => [name, median(times)]));
  return { ...medians, first: bench.first, memory };
}

/** A repository of so many releases with its cache and its output, made now or in an earlier run. */
function prepare(releases) {
  const place = join(folder, `${options.layout}-${releases}`);
  const [repository, cache, out, state] = ['repository', 'cache', 'out', 'state.json'].map((name) => join(place, name));
  const shape = { packs: Math.ceil(releases / RELEASES_PER_PACK), releases: RELEASES_PER_PACK, layout: options.layout };
  const command = (name, args) => {
    const where = options['work-tree'] ? [] : ['--rev', 'HEAD'];
    return [cli, name, '--quiet', ...where, ...(name === 'build' ? ['--out', out] : []), ...args];
  };
  const settings = { cwd: repository, env: { ...process.env, PACKYARD_CACHE_DIR: cache }, statuses: [0, FINDINGS] };
  const run = (name, ...args) => time(process.execPath, command(name, args), settings);
  const known = existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : undefined;
  let added = known?.added ?? 0;
  let first = known?.first;
  const save = () => writeFileSync(state, JSON.stringify({ added, first }));
  if (known === undefined) {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    progress(`generating ${releases} releases`);
    generateRepository(repository, shape);
    if (options['work-tree']) checkOut(repository);
    progress(`building ${releases} releases for the first time`);
    first = run('build');
    save();
  }
  progress(`measuring ${releases} releases`);
  return {
    first,
    run,
    peak: (name, ...args) => peakOf(command(name, args), settings, join(place, 'peak')),
    /** Throws away what was made of archives, so that it is assembled anew. */
    forgetIndex: () => {
      const layout = join(cache, 'v1');
      for (const kind of readdirSync(layout)) if (!ARCHIVES.has(kind)) rmSync(join(layout, kind), { recursive: true });
    },
    advance: () => {
      addRelease(repository, added, shape);
      added += 1;
      if (options['work-tree']) checkOut(repository);
      save();
    },
  };
}

function rowsOf(releases, result, results) {
  const limited = releases === LARGEST;
  const first = [
    releases,
    'everything for the first time',
    `${(result.first / 1000).toFixed(1)} s`,
    '',
    '',
    '',
    '',
    '',
  ];
  const rows = STEPS.map(([step, name]) => {
    const required = limited && REQUIRED.has(step);
    const ratio = growth(releases, step, results);
    return [
      releases,
      name,
      `${(result[step] / 1000).toFixed(2)} s`,
      required ? `${LIMITS.seconds} s` : '',
      ratio?.toFixed(1) ?? '',
      required && ratio !== undefined ? `${LIMITS.growth}` : '',
      `${Math.round(result.memory[step])} MiB`,
      required ? `${LIMITS.memory} MiB` : '',
    ];
  });
  return [first, ...rows];
}

function growth(releases, step, results) {
  const tenth = results.get(releases / 10);
  return tenth === undefined ? undefined : results.get(releases)[step] / tenth[step];
}

function within(releases, result, results) {
  if (releases !== LARGEST) return true;
  return [...REQUIRED].every(
    (step) =>
      result[step] <= LIMITS.seconds * 1000 &&
      result.memory[step] <= LIMITS.memory &&
      (growth(releases, step, results) ?? 0) <= LIMITS.growth,
  );
}

function progress(message) {
  console.error(`${new Date().toISOString().slice(11, 19)} ${message} …`);
}
