// Builds a repository of packs cold, with nothing changed and with one pack changed, beside a shell loop that only runs
// `tar -czf`, in turns, and prints medians and ratios.
//
//   node bench/build.mjs [repository-or-bundle] [rounds]
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { cli, median, peakOf, project, requireCompiled, table, time } from './measure.mjs';

requireCompiled();
const source = resolve(process.argv[2] ?? join(project, '../shared/corpus/community-packs.bundle'));
const rounds = Number(process.argv[3] ?? 7);
if (!existsSync(source)) {
  console.error(`${source} does not exist: name a Git repository, or a bundle of one, with packs below packs/.`);
  process.exit(2);
}

/** What the build is measured against: archives of all packs, and nothing else. */
const LOOP = 'mkdir "$1"; for p in packs/*; do tar -czf "$1/$(basename "$p").tar.gz" "$p"; done';
/** Exit status when some packs have errors and the rest was built. */
const REFUSED = 1;
const LIMITS = { cold: 1, unchanged: 0.15, changed: 0.25, memory: 400 };
/** Certificates that a machine makes Node read at every start are nothing of a build, and the loop runs no Node. */
const ENVIRONMENT = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };
const folder = mkdtempSync(join(tmpdir(), 'packyard-bench-'));
const repository = join(folder, 'repository');
const git = (...args) =>
  execFileSync('git', args, { cwd: existsSync(repository) ? repository : folder, stdio: ['ignore', 'pipe', 'ignore'] });
const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org'];

try {
  git('clone', '--quiet', '--branch', 'main', source, repository);
  const packs = readdirSync(join(repository, 'packs'));
  const results = { loop: [], cold: [], unchanged: [], changed: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const measured = measureRound(packs, round);
    // The first round warms the disk's cache for all alike and does not count.
    if (round === 0) continue;
    for (const name of Object.keys(results)) results[name].push(measured[name]);
  }
  report(results, peakMemory(), packs.length);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measureRound(packs, round) {
  // New folders each round: a file system is slow to create files just after it deleted thousands.
  const [loopFolder, out, cache] = ['loop', 'out', 'cache'].map((name) => join(folder, `${name}-${round}`));
  const loop = time('sh', ['-c', LOOP, 'sh', loopFolder], { cwd: repository });
  // Packs with errors are refused, which is status 1.
  const options = { cwd: repository, env: { ...ENVIRONMENT, PACKYARD_CACHE_DIR: cache }, statuses: [0, REFUSED] };
  const build = () => time(process.execPath, [cli, 'build', '--out', out, '--keep-going', '--quiet'], options);
  const cold = build();
  const unchanged = build();
  appendFileSync(join(repository, 'packs', packs[round % packs.length], 'values.yaml'), `# round ${round}\n`);
  git(...identity, 'commit', '--quiet', '--all', '--message', `round ${round}`);
  return { loop, cold, unchanged, changed: build() };
}

/** MiB of a cold build that is not timed: whoever watches is in the way. */
function peakMemory() {
  const args = [cli, 'build', '--out', join(folder, 'out-peak'), '--keep-going', '--quiet', '--no-cache'];
  return peakOf(args, { cwd: repository, statuses: [0, REFUSED] }, join(folder, 'peak'));
}

function report(results, peak, count) {
  const { loop, cold, unchanged, changed } = results;
  const ratios = {
    cold: medianRatio(cold, loop),
    unchanged: medianRatio(unchanged, cold),
    changed: medianRatio(changed, cold),
  };
  console.log(`${count} packs, ${rounds} rounds, ${availableParallelism()} cores, Node ${process.versions.node}\n`);
  console.log(
    table([
      ['what', 'median', 'ratio', 'limit'],
      row('shell loop of `tar -czf`', median(loop), 1, ''),
      row('cold build, to the loop', median(cold), ratios.cold, `${LIMITS.cold}`),
      row('nothing changed, to cold', median(unchanged), ratios.unchanged, `${LIMITS.unchanged}`),
      row('one pack changed, to cold', median(changed), ratios.changed, `${LIMITS.changed}`),
      ['peak memory, cold', `${Math.round(peak)} MiB`, '', `${LIMITS.memory} MiB`],
    ]),
  );
  const within =
    ratios.cold <= LIMITS.cold &&
    ratios.unchanged <= LIMITS.unchanged &&
    ratios.changed <= LIMITS.changed &&
    peak <= LIMITS.memory;
  process.exitCode = within ? 0 : 1;
}

/** Of each round's two: what else the machine does comes and goes, and hits both alike. */
function medianRatio(times, bases) {
  return median(times.map((each, round) => each / bases[round]));
}

function row(name, ms, ratio, limit) {
  return [name, `${Math.round(ms)} ms`, ratio.toFixed(2), limit];
}
