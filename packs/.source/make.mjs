// Makes the derived files of the example packs: `logo.png` from `.source/logos/<pack name>.svg`, and each
// `charts/<chart>-<version>.tgz` from the directory `charts/<chart>/` beside it. Running it again gives the same bytes,
// so a file is written only when its content changed.
//
//   node packs/.source/make.mjs            write what changed
//   node packs/.source/make.mjs --check    write nothing; exit 1 if something would change
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { create } from 'tar';

const sources = dirname(fileURLToPath(import.meta.url));
const packs = dirname(sources);
const checkOnly = process.argv.includes('--check');

/** Names of the directories directly below `directory`, sorted; none if it is missing. */
function directoriesIn(directory) {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name).toSorted();
}

/** Every file below `directory`, as relative paths with forward slashes. */
function filesBelow(directory) {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Helm writes a chart's own documents first, then its templates, then the rest. */
const helmOrder = [/^Chart\.yaml$/, /^Chart\.lock$/, /^values\.yaml$/, /^values\.schema\.json$/, /^templates\//, /^/];
const rank = (file) => helmOrder.findIndex((pattern) => pattern.test(file));
const byHelmOrder = (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1);

/** The chart's archive: root folder `<chart>/`, no owner, one fixed time, one mode, and a gzip header without a time. */
async function chartArchive(directory, chart) {
  const options = {
    cwd: directory,
    prefix: chart,
    portable: true,
    mtime: new Date('1985-10-26T08:15:00Z'),
    gzip: { level: 9 },
    // The mode on disk depends on the umask of whoever checked the repository out.
    onWriteEntry: (entry) => {
      entry.stat.mode = 0o644;
    },
  };
  return create(options, filesBelow(directory).toSorted(byHelmOrder)).concat();
}

/** A square logo with a palette: flat drawings need few colours. */
async function logo(svg) {
  return sharp(svg, { density: 144 }).resize(256, 256).png({ palette: true, compressionLevel: 9, effort: 10 }).toBuffer();
}

let changed = 0;
function put(file, bytes) {
  if (existsSync(file) && readFileSync(file).equals(bytes)) return;
  changed += 1;
  if (!checkOnly) writeFileSync(file, bytes);
  console.log(`${checkOnly ? 'differs' : 'written'}  ${relative(packs, file)}  ${bytes.length} bytes`);
}

for (const pack of directoriesIn(packs)) {
  const directory = join(packs, pack);
  const { name } = JSON.parse(readFileSync(join(directory, 'pack.json'), 'utf8'));
  put(join(directory, 'logo.png'), await logo(readFileSync(join(sources, 'logos', `${name}.svg`))));
  for (const chart of directoriesIn(join(directory, 'charts'))) {
    const chartDirectory = join(directory, 'charts', chart);
    const [, version] = /^version: *(\S+)/m.exec(readFileSync(join(chartDirectory, 'Chart.yaml'), 'utf8'));
    put(join(directory, 'charts', `${chart}-${version}.tgz`), await chartArchive(chartDirectory, chart));
  }
}
if (checkOnly && changed > 0) process.exitCode = 1;
