// Starts `packyard --version` beside `node -e 0`, in turns, and prints medians and their ratio.
//
//   node bench/start-up.mjs [rounds]
import { cli, median, requireCompiled, table, time } from './measure.mjs';

requireCompiled();
const LIMIT = 2;
const rounds = Number(process.argv[2] ?? 25);
const node = [];
const version = [];
for (let round = 0; round < rounds; round += 1) {
  node.push(time(process.execPath, ['-e', '0']));
  version.push(time(process.execPath, [cli, '--version']));
}
const ratio = median(version) / median(node);
console.log(
  table([
    ['what', 'median', 'ratio', 'limit'],
    ['`node -e 0`', `${Math.round(median(node))} ms`, '1.00', ''],
    ['`packyard --version`', `${Math.round(median(version))} ms`, ratio.toFixed(2), String(LIMIT)],
  ]),
);
process.exitCode = ratio <= LIMIT ? 0 : 1;
