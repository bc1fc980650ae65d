// A registry of very many releases of which only one pack is there, which is enough for who asks for that one: the index
// and that pack's documents are as large as they would be. `packyard build` makes three packs of ten releases each, the
// others differ from the first of them in their names.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { generateRepository } from './generate-repository.mjs';
import { cli } from './measure.mjs';

/** Makes `packs` packs of ten releases below a folder; gives the folder of the registry and the pack that is there. */
export function manyReleases(folder, packs) {
  const [repository, out] = [join(folder, 'few'), join(folder, 'many')];
  generateRepository(repository, { packs: 3, releases: 10 });
  const env = { ...process.env, PACKYARD_CACHE_DIR: join(folder, 'few-cache') };
  execFileSync(process.execPath, [cli, 'build', '--rev', 'HEAD', '--out', out, '--quiet'], { cwd: repository, env });
  const index = JSON.parse(readFileSync(join(out, 'index.json'), 'utf8'));
  const [name] = Object.keys(index.packs);
  const [entry, text] = [index.packs[name], readFileSync(join(out, `packs/${name}/index.json`), 'utf8')];
  for (let pack = 3; pack < packs; pack += 1) {
    const other = name.replace(/\d+$/u, String(pack));
    const sha256 = createHash('sha256').update(text.replaceAll(name, other)).digest('hex');
    const document = { path: `packs/${other}/${sha256}.json`, sha256 };
    index.packs[other] = { ...entry, displayName: entry.displayName.replace(/\d+$/u, String(pack)), document };
  }
  writeFileSync(join(out, 'index.json'), `${JSON.stringify(index)}\n`);
  return { out, name };
}

/** A repository of one pack with a megabyte that does not compress. */
export function oneMegabyte(folder, template) {
  cpSync(template, join(folder, 'packs/large'), { recursive: true });
  const manifest = join(folder, 'packs/large/pack.json');
  const facts = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, `${JSON.stringify({ ...facts, name: 'large', version: '1.0.0' }, null, 2)}\n`);
  const blocks = Array.from({ length: 32_768 }, (_, number) => createHash('sha256').update(`${number}`).digest());
  writeFileSync(join(folder, 'packs/large/noise.bin'), Buffer.concat(blocks));
}
