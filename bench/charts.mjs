// Reads every packed chart of a repository as `packyard new --chart` does, and compares the images that are found with
// those that the authors of the packs list (recall and precision), as they are written and without their tags. Then makes a
// pack of each chart, and counts those in which `check` finds no error.
//
//   node bench/charts.mjs [repository-or-bundle] [--details]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { project, requireCompiled, table } from './measure.mjs';

requireCompiled();
const { planNewPack } = await import('../dist/contribute/new/plan-new-pack.js');
const { readChartPart } = await import('../dist/contribute/chart/read-chart-part.js');
const { fullImage, fullRepository, parseImageReference } = await import('../dist/pack/image-reference.js');
const { imagesOf } = await import('../dist/pack/images.js');
const { yamlOf } = await import('../dist/pack/chart-parts.js');

const { values: flags, positionals } = parseArgs({ allowPositionals: true, options: { details: { type: 'boolean' } } });
const source = resolve(positionals[0] ?? join(project, '../shared/corpus/community-packs.bundle'));
if (!existsSync(source)) {
  console.error(`${source} does not exist: name a Git repository, or a bundle of one, with packs below packs/.`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'packyard-bench-'));
const parsed = (image, show) => {
  const result = parseImageReference(image);
  return 'reference' in result ? show(result.reference) : image;
};
const count = { charts: 0, failed: 0, packs: 0, listing: 0, sound: 0, strict: 0, decisions: [] };
const sums = Object.fromEntries(
  ['usual', 'repositories', 'all', 'allRepositories'].map((name) => [name, { listed: 0, found: 0, both: 0 }]),
);
let longest = 0;

function compare(name, listed, found, sum, show, details = false) {
  const ours = new Set(found.map((image) => parsed(image, show)));
  const theirs = new Set(listed.map((image) => parsed(image, show)));
  const both = [...theirs].filter((image) => ours.has(image));
  sum.listed += theirs.size;
  sum.found += ours.size;
  sum.both += both.length;
  if (!details) return;
  const missed = [...theirs].filter((image) => !ours.has(image));
  const more = [...ours].filter((image) => !theirs.has(image));
  if (missed.length + more.length > 0)
    console.log([name, ...missed.map((image) => `  - ${image}`), ...more.map((image) => `  + ${image}`)].join('\n'));
}

/** What `check` says of the pack that `packyard new --chart` makes. */
async function makePack(name, path) {
  const out = join(folder, 'none', 'pack');
  const { findings, decisions } = await planNewPack({
    charts: [path],
    icon: false,
    contributor: 'x',
    cache: false,
    out,
  });
  count.decisions.push(decisions.length);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) count.sound += 1;
  else console.log([`${name}: not sound`, ...errors.map(({ rule, file }) => `  ${rule} ${file}`)].join('\n'));
  if (findings.length === 0) count.strict += 1;
}

try {
  const clone = join(folder, 'repository');
  execFileSync('git', ['clone', '--quiet', '--branch', 'main', source, clone], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const start = performance.now();
  for (const pack of readdirSync(join(clone, 'packs')).toSorted()) {
    const directory = join(clone, 'packs', pack);
    const packed = readdirSync(directory, { recursive: true })
      .filter((path) => path.endsWith('.tgz'))
      .toSorted();
    const manifest = JSON.parse(readFileSync(join(directory, 'pack.json'), 'utf8'));
    const listedCharts = new Set((manifest.charts ?? []).map((path) => join(path)));
    const found = [];
    let read = 0;
    for (const path of packed) {
      count.charts += 1;
      const began = performance.now();
      try {
        const part = await readChartPart(join(directory, path));
        read += 1;
        if (listedCharts.has(path)) found.push(part);
      } catch (error) {
        count.failed += 1;
        console.log(`${pack}/${path}: ${error.message.replace(`${join(directory, path)} `, '')}`);
      }
      longest = Math.max(longest, performance.now() - began);
      await makePack(`${pack}/${path}`, join(directory, path));
    }
    if (read === 0) continue;
    count.packs += 1;
    const values = join(directory, 'values.yaml');
    const listed = existsSync(values) ? imagesOf(yamlOf(readFileSync(values))) : [];
    if (listed.length === 0) continue;
    count.listing += 1;
    const usual = found.flatMap(({ images }) => images.map(({ image }) => image));
    const all = [...usual, ...found.flatMap(({ optionalImages = [] }) => optionalImages.map(({ image }) => image))];
    compare(pack, listed, usual, sums.usual, fullImage, flags.details);
    compare(pack, listed, usual, sums.repositories, fullRepository);
    compare(pack, listed, all, sums.all, fullImage);
    compare(pack, listed, all, sums.allRepositories, fullRepository);
  }
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  const row = (what, { listed, found, both }) => [
    what,
    listed,
    found,
    both,
    percent(both, listed),
    percent(both, found),
  ];
  console.log(
    `\n${count.charts} packed charts in ${count.packs} packs, ${count.failed} refused; ${((performance.now() - start) / 1000).toFixed(1)} s in all, ${Math.round(longest)} ms the longest\n` +
      `${count.listing} packs with a chart list images\n`,
  );
  console.log(
    table([
      ['images', 'listed', 'found', 'both', 'recall', 'precision'],
      row('with the values of the chart', sums.usual),
      row('the same without tags', sums.repositories),
      row('with those that other values turn on', sums.all),
      row('the same without tags', sums.allRepositories),
    ]),
  );
  const decisions = count.decisions.toSorted((a, b) => a - b);
  console.log(
    `\npacks made of the charts that pass check: ${count.sound} of ${count.charts}; with no finding at all: ${count.strict}\n` +
      `decisions left to people: ${decisions[decisions.length >> 1]} in the median, ${decisions.at(-1)} at most`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
