import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { scrub } from '../helpers/cli.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { brokenLinks } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

const shell = process.platform === 'win32';

/** Packs the project as it was compiled: compiling it again would pull it away under other tests. */
function pack(folder: string): Packed {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: PROJECT, encoding: 'utf8', shell })) as Packed[];
  if (packed === undefined) throw new Error('npm pack made nothing');
  return packed;
}

test('the package works when it is installed into an empty folder', { timeout: 180_000 }, async () => {
  const [folder, repository] = [await scratch(), await gitRepository(packFiles('packs/demo'))];
  const { filename } = pack(folder);
  const run = (command: string, ...args: string[]): string => {
    const env = { ...process.env, PACKYARD_CACHE_DIR: join(folder, 'cache') };
    return execFileSync(command, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--omit=dev', `./${filename}`);
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };
  expect(run('npx', '--no-install', 'packyard', '--version')).toBe(`${version}\n`);

  const out = join(folder, 'public');
  const summary = run('npx', '--no-install', 'packyard', 'build', '--repo', repository.path, '--out', out);
  expect(scrub(summary)).toMatchInlineSnapshot(`
    "1 pack, 1 release: 1 added, 0 changed, 0 unchanged
    25 files, <size>: 25 new, 0 changed, 0 removed, <size> written in <time>
    Registry public (commit <commit>)
    Clients start at public/index.json. Any static server shows it, such as: npx http-server public
    "
  `);
  expect(brokenLinks(out)).toEqual([]);

  writeFileSync(
    join(folder, 'program.mjs'),
    `import { build } from 'packyard';
const { ok, report } = await build({ repository: process.argv[2], out: 'by-library' });
console.log(JSON.stringify({ ok, added: report.releases.added }));
const refused = await import('packyard/dist/build/cache.js').catch(({ code }) => code);
console.log(refused, import.meta.resolve('packyard/schemas/pack.schema.json').endsWith('/schemas/pack.schema.json'));
`,
  );
  expect(run('node', 'program.mjs', repository.path)).toBe(
    '{"ok":true,"added":1}\nERR_PACKAGE_PATH_NOT_EXPORTED true\n',
  );
  expect(brokenLinks(join(folder, 'by-library'))).toEqual([]);

  writeFileSync(join(folder, 'client.mjs'), CLIENT);
  expect(JSON.parse(run('node', 'client.mjs', out))).toEqual({
    names: ['demo'],
    hits: [['demo', 'name', 'exact']],
    version: '1.0.0',
    outcome: 'unchanged',
    read: true,
    files: ['README.md', 'pack.json', 'values.yaml'],
    ok: true,
    refused: ['PackyardError', 'unknown-pack', 'Did you mean demo?'],
  });
});

/** What the README shows of the library, and what else a program does with it. */
const CLIENT = `import { readdirSync } from 'node:fs';
import { openRegistry, PackyardError } from 'packyard/client';

const registry = await openRegistry(process.argv[2], { cache: 'client-cache' });
const { hits } = await registry.search('demo', { layer: 'addon', limit: 5 });
const release = await registry.resolve('demo', '1.x');
await registry.extract(release, 'packs/demo');
const { outcome } = await registry.extract(release, 'packs/demo');
const { ok } = await registry.verify();
const refused = await registry.pack('dmeo').catch((error) => error);
const fetched = await registry.fetchArtifact(release);
let bytes = 0;
for await (const chunk of fetched.open()) bytes += chunk.byteLength;
console.log(JSON.stringify({
  names: Object.keys((await registry.index()).packs),
  hits: hits.map(({ pack, field, kind }) => [pack.name, field, kind]),
  version: release.release.version,
  outcome,
  read: bytes === release.release.artifact.size,
  files: readdirSync('packs/demo'),
  ok,
  refused: [refused instanceof PackyardError && refused.name, refused.code, refused.hint],
}));
await registry.close();
`;

test('the package holds what it needs and nothing else', async () => {
  const { files } = pack(await scratch());
  const paths = files.map(({ path }) => path);
  const kinds = new Set(
    paths.map((path) => path.replace(/^(\.github|dist|schemas|docs\/rules)\/.*?((?:\.\w+)+)$/u, '$1/*$2')),
  );
  expect(kinds).toEqual(
    new Set([
      '.github/*.md',
      '.github/*.yml',
      'LICENSE',
      'package.json',
      'dist/*.js',
      'dist/*.d.ts',
      'docs/man/packyard.1',
      'docs/rules/*.md',
      'schemas/*.schema.json',
      ...readme(paths),
    ]),
  );
  expect(paths).toContain('dist/cli/main.js');
  expect(paths).toContain('dist/model/validators/pack.js');
});

/** npm adds a README wherever there is one. */
function readme(paths: readonly string[]): string[] {
  return paths.filter((path) => path === 'README.md');
}
