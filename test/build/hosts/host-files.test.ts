import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { hostFiles, MADE_HERE } from '../../../src/build/hosts/host-files.ts';
import { messageOf } from '../../../src/check/messages.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { HOSTS } from '../../../src/model/host-file.ts';
import { allFiles } from '../../helpers/all-files.ts';
import { builderOf, type Builder } from '../../helpers/build-registry.ts';
import { gitRepository, type TestRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const ALL = `outputs:\n  hosts: [${HOSTS.join(', ')}]\n`;

async function repositoryWith(config: string): Promise<{ repository: TestRepository; builder: Builder }> {
  const repository = await gitRepository({ 'registry.yaml': config, ...packFiles('packs/demo-1.0.0') });
  return { repository, builder: await builderOf(repository) };
}

/** Files that are for hosts and no part of the registry. */
function extras(folder: string): string[] {
  return allFiles(folder).filter((path) => !/^(?:packs|logos|search|sources|schemas|index)\b/u.test(path));
}

describe('hostFiles', () => {
  test('are none for a registry that names no host, nor for S3', () => {
    expect(hostFiles([])).toEqual([]);
    expect(hostFiles(['s3'])).toEqual([]);
  });

  test('say on their first line who made them', async () => {
    for (const entry of hostFiles(HOSTS)) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry.open()) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString('utf8').startsWith(MADE_HERE)).toBe(true);
    }
  });
});

describe('a build', () => {
  test('writes what the hosts of registry.yaml read, and nothing the second time', async () => {
    const { builder } = await repositoryWith(ALL);
    const first = await builder.build();
    expect(first.written).toBe(true);
    expect(extras(builder.out)).toEqual(['.nojekyll', '_headers', 'hosts/Caddyfile', 'hosts/nginx.conf']);
    const order = first.plan?.write.map(({ entry }) => entry.path) ?? [];
    expect(order.at(-1)).toBe('index.json');
    const { plan } = await builder.build();
    expect({ write: plan?.write, remove: plan?.remove }).toEqual({ write: [], remove: [] });
  });

  test.each([true, false])('removes them when the option goes away (cache: %s)', async (cached) => {
    const { repository, builder } = await repositoryWith(ALL);
    const cache = cached ? builder.cache : false;
    await builder.build({ cache });
    repository.commit({ 'registry.yaml': 'outputs:\n  hosts: [netlify]\n' });
    const { plan } = await builder.build({ cache });
    expect(plan?.remove).toEqual(['.nojekyll', 'hosts/Caddyfile', 'hosts/nginx.conf']);
    repository.commit({ 'registry.yaml': 'outputs: {}\n' });
    await builder.build({ cache });
    expect(extras(builder.out)).toEqual([]);
    expect(existsSync(join(builder.out, 'hosts'))).toBe(false);
  });

  test('restores one that was changed below its first line', async () => {
    const { builder } = await repositoryWith('outputs:\n  hosts: [cloudflare]\n');
    await builder.build();
    const file = join(builder.out, '_headers');
    const made = readFileSync(file, 'utf8');
    writeFileSync(file, `${MADE_HERE}/*\n  X-Mine: 1\n`);
    await builder.build();
    expect(readFileSync(file, 'utf8')).toBe(made);
  });

  test('leaves alone what others put there, while nothing is asked for', async () => {
    const { repository, builder } = await repositoryWith('name: demo\n');
    await builder.build();
    const own = { _headers: '/*\n  X-Mine: 1\n', '.nojekyll': '', CNAME: 'packs.example.org\n' };
    for (const [name, text] of Object.entries(own)) writeFileSync(join(builder.out, name), text);
    repository.commit({ 'packs/demo-1.0.0/README.md': '# Other\n' });
    await builder.build();
    for (const [name, text] of Object.entries(own)) {
      expect(readFileSync(join(builder.out, name), 'utf8')).toBe(text);
    }
  });

  test('takes over an empty file, which says nothing that could be lost', async () => {
    const { builder } = await repositoryWith('outputs:\n  hosts: [github-pages]\n');
    mkdirSync(builder.out);
    await (await repositoryWith('name: demo\n')).builder.build({ out: builder.out });
    writeFileSync(join(builder.out, '.nojekyll'), '');
    await builder.build();
    expect(readFileSync(join(builder.out, '.nojekyll'), 'utf8')).toContain(MADE_HERE);
  });

  test('goes on where the first one was killed before the index appeared', async () => {
    const { builder } = await repositoryWith(ALL);
    mkdirSync(join(builder.out, '.packyard'), { recursive: true });
    mkdirSync(join(builder.out, 'hosts'));
    writeFileSync(join(builder.out, '_headers'), MADE_HERE);
    expect((await builder.build()).written).toBe(true);
  });

  test("refuses to replace somebody else's file", async () => {
    const { repository, builder } = await repositoryWith('name: demo\n');
    await builder.build();
    writeFileSync(join(builder.out, '_headers'), '/*\n  X-Mine: 1\n');
    repository.commit({ 'registry.yaml': 'outputs:\n  hosts: [cloudflare]\n' });
    expect(await failureOf(builder.build())).toEqual({
      code: 'output-foreign',
      message: `${join(builder.out, '_headers')} was not made by a build, and \`outputs.hosts\` of registry.yaml asks for one.`,
      hint: 'Move it away, or take its host out of `outputs.hosts`; nothing was touched.',
    });
    expect(readFileSync(join(builder.out, '_headers'), 'utf8')).toBe('/*\n  X-Mine: 1\n');
  });

  test.each(['hosts', 'hosts/nginx.conf'])('does not write through a link at %s', async (path) => {
    const { repository, builder } = await repositoryWith('name: demo\n');
    await builder.build();
    const elsewhere = await scratch();
    if (path !== 'hosts') mkdirSync(join(builder.out, 'hosts'));
    symlinkSync(path === 'hosts' ? elsewhere : join(elsewhere, 'file'), join(builder.out, path));
    repository.commit({ 'registry.yaml': 'outputs:\n  hosts: [nginx]\n' });
    expect(await failureOf(builder.build())).toMatchObject({ code: 'output-foreign' });
    expect(allFiles(elsewhere)).toEqual([]);
  });

  test('names a host that is none', async () => {
    const { builder } = await repositoryWith('outputs:\n  hosts: [nginx, apache]\n');
    const error = (await builder.build().catch((reason: unknown) => reason)) as { readonly findings: Finding[] };
    expect(error.findings.map((finding) => messageOf(finding).text)).toEqual([
      '"outputs.hosts.1" must be cloudflare, netlify, nginx, caddy, github-pages or s3, not "apache"',
    ]);
  });
});
