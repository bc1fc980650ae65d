import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { mirror } from '../../src/client/mirror/mirror.ts';
import { verifyRegistry } from '../../src/client/verify/verify-registry.ts';
import type { PublishEvent } from '../../src/publish/publish-options.ts';
import { builtCommits } from '../helpers/published-commits.ts';
import { failureOf } from '../helpers/rejection.ts';
import { treeOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';
import { publishTo } from './publish-to.ts';

async function soundRegistry(folder: string): Promise<void> {
  const { ok, findings } = await verifyRegistry(folder, { cache: false });
  expect({ ok, findings }).toEqual({ ok: true, findings: [] });
}

describe('publish to a folder', () => {
  test('first, again, and the next commit', async () => {
    const { folders } = await builtCommits(2);
    const [first = '', second = ''] = folders;
    const target = join(await scratch(), 'site');
    const one = await publishTo(target, first);
    expect(one).toMatchObject({ outcome: 'published', before: undefined, conflicts: 0, removed: [] });
    await soundRegistry(target);
    expect(readdirSync(target).toSorted()).toEqual(
      ['history', 'index.json', 'packs', 'logos', 'schemas', 'search', 'search.json', 'sources'].toSorted(),
    );
    const again = await publishTo(target, first);
    expect(again).toMatchObject({ outcome: 'unchanged', uploaded: { files: 0, bytes: 0 } });
    expect(again.traffic.bytesSent).toBe(0);
    const two = await publishTo(target, second);
    expect(two).toMatchObject({ outcome: 'published', before: 1 });
    expect(
      two.plan.upload.map(({ role, reason, entry }) => `${role} ${reason} ${entry.path.replace(/[0-9a-f]{64}/u, '#')}`),
    ).toMatchInlineSnapshot(`
      [
        "immutable new logos/#-128.webp",
        "immutable new logos/#-48.webp",
        "immutable new logos/#-128.png",
        "immutable new logos/#-48.png",
        "immutable new logos/#-256.png",
        "immutable new logos/#-256.webp",
        "immutable new packs/pack-2/1.0.0/README.md",
        "immutable new packs/pack-2/1.0.0/pack-2-1.0.0.tar.gz",
        "immutable new packs/pack-2/1.0.0/pack.json",
        "immutable new packs/pack-2/1.0.0/values.yaml",
        "immutable new packs/pack-2/#.json",
        "immutable new search/#.json",
        "immutable new sources/#.json",
        "stable new packs/pack-2/index.json",
        "stable changed search.json",
        "history new history/2-#.json",
        "index changed index.json",
      ]
    `);
    const own = Object.fromEntries(Object.entries(treeOf(target)).filter(([path]) => !path.startsWith('history/')));
    expect(own).toMatchObject(treeOf(second));
    const older = await publishTo(target, first);
    expect(older).toMatchObject({ outcome: 'older', before: 2, uploaded: { files: 0, bytes: 0 } });
    expect(JSON.parse(readFileSync(join(target, 'index.json'), 'utf8'))).toMatchObject({ serial: 2 });
  });

  test('a folder that is damaged is refused before anything is written', async () => {
    const { folders } = await builtCommits(1);
    const [from = ''] = folders;
    const artifact = join(from, 'packs/pack-1/1.0.0/pack-1-1.0.0.tar.gz');
    const bytes = readFileSync(artifact);
    const target = join(await scratch(), 'site');
    writeFileSync(artifact, Buffer.alloc(bytes.length));
    const { code, message, hint } = await failureOf(publishTo(target, from));
    expect(code).toBe('registry-damaged');
    expect(message.replaceAll(from, '<from>').replace(/[0-9a-f]{64}/gu, '<hash>')).toBe(
      '<from>/packs/pack-1/1.0.0/pack-1-1.0.0.tar.gz has other bytes than were published: their SHA-256 is <hash>, not <hash>.',
    );
    expect(hint).toBe('Build the registry anew with `packyard build`; of this folder nothing more is published.');
    writeFileSync(artifact, bytes.subarray(1));
    expect((await failureOf(publishTo(target, from))).message).toContain(
      `has ${bytes.length - 1} of the ${bytes.length} bytes that its document says`,
    );
    rmSync(artifact);
    expect((await failureOf(publishTo(target, from))).message).toContain(
      'does not exist, though a document leads to it',
    );
    symlinkSync('/etc/hostname', artifact);
    expect(await failureOf(publishTo(target, from))).toMatchObject({ code: 'registry-damaged' });
    writeFileSync(join(from, 'index.json'), '{}');
    expect(await failureOf(publishTo(target, from))).toMatchObject({ code: 'registry-damaged' });
    rmSync(join(from, 'index.json'));
    expect(await failureOf(publishTo(target, from))).toMatchObject({
      code: 'registry-not-found',
      hint: 'Make one with `packyard build`, or name another folder with --from.',
    });
    expect(() => readdirSync(target)).toThrow('ENOENT');
  });

  test('a folder of somebody else, another registry, and links are refused', async () => {
    const { folders } = await builtCommits(1);
    const [from = ''] = folders;
    const base = await scratch();
    const target = join(base, 'site');
    mkdirSync(target);
    writeFileSync(join(target, 'thesis.txt'), 'mine');
    expect(await failureOf(publishTo(target, from))).toEqual({
      code: 'output-foreign',
      message: `${target} is not empty and holds no registry.`,
      hint: 'Name an empty or a new folder, or the one that holds index.json; nothing in this one was touched.',
    });
    writeFileSync(join(target, 'index.json'), '{"hello": 1}');
    expect(await failureOf(publishTo(target, from))).toMatchObject({
      code: 'output-foreign',
      message: expect.stringContaining(
        `Nothing is published to ${target}: index.json in ${target} is not a registry's index`,
      ),
    });
    const index = JSON.parse(readFileSync(join(from, 'index.json'), 'utf8')) as { registry: { name: string } };
    index.registry.name = 'theirs';
    writeFileSync(join(target, 'index.json'), JSON.stringify(index));
    expect(await failureOf(publishTo(target, from))).toEqual({
      code: 'output-foreign',
      message: `${target} holds the registry "theirs", and "packs" is to be published.`,
      hint: 'Name another place: each registry has its own. If it was renamed, remove index.json there first.',
    });
    rmSync(target, { recursive: true });
    mkdirSync(target);
    symlinkSync(base, join(target, 'packs'));
    expect(await failureOf(publishTo(target, from))).toEqual({
      code: 'output-foreign',
      message: `${join(target, 'packs')} is a link, where a registry has a plain file.`,
      hint: 'Remove it and publish again: nothing is read or written through it.',
    });
  });

  test('what others keep there stays, and damage is repaired', async () => {
    const { folders } = await builtCommits(1);
    const [from = ''] = folders;
    const target = join(await scratch(), 'site');
    await publishTo(target, from);
    writeFileSync(join(target, 'CNAME'), 'packs.example.org');
    writeFileSync(join(target, 'packs/pack-1/1.0.0/values.yaml'), 'other');
    rmSync(join(target, 'search.json'));
    const { outcome, uploaded, plan } = await publishTo(target, from, { prune: { keep: 0 } });
    expect({ outcome, files: uploaded.files, pointer: plan.pointer }).toEqual({
      outcome: 'published',
      files: 2,
      pointer: 'unchanged',
    });
    await soundRegistry(target);
    expect(readFileSync(join(target, 'CNAME'), 'utf8')).toBe('packs.example.org');
  });

  test('a dry run changes nothing, and a place that is too small is refused', async () => {
    const { folders } = await builtCommits(1);
    const [from = ''] = folders;
    const target = join(await scratch(), 'site');
    const planned = await publishTo(target, from, { dryRun: true });
    expect(planned).toMatchObject({ outcome: 'planned', uploaded: { files: 0 }, traffic: { bytesSent: 0 } });
    expect(planned.plan.requests).toBeGreaterThan(planned.plan.upload.length);
    const { code, message, hint } = await failureOf(publishTo(target, from, { limit: 1000 }));
    expect({ code, message: message.replace(target, '<target>') }).toEqual({
      code: 'site-too-large',
      message: expect.stringMatching(
        /^<target> would hold \d+ KiB, and it may hold 1000 bytes: nothing was written\.$/u,
      ),
    });
    expect(hint).toMatch(/^Its largest packs: pack-1 \(.* KiB\)\. Fewer or smaller logos/u);
    expect(() => readdirSync(target)).toThrow('ENOENT');
  });

  test('an uncommitted build is published with a warning; a signal stops it', async () => {
    const { folders } = await builtCommits(1);
    const [from = ''] = folders;
    const index = JSON.parse(readFileSync(join(from, 'index.json'), 'utf8')) as { source: { dirty?: boolean } };
    index.source.dirty = true;
    writeFileSync(join(from, 'index.json'), JSON.stringify(index));
    const events: PublishEvent[] = [];
    await publishTo(join(await scratch(), 'site'), from, { onEvent: (event) => void events.push(event) });
    const warnings = events.flatMap((event) => (event.kind === 'warning' ? [event.warning.code] : []));
    expect(warnings).toEqual(['dirty']);
    const reason = new Error('enough');
    const stopped = publishTo(join(await scratch(), 'site'), from, { signal: AbortSignal.abort(reason) });
    await expect(stopped).rejects.toBe(reason);
  });

  test('a build and a mirror into the folder leave the history alone, and verify finds nothing wrong', async () => {
    const { repository, folders } = await builtCommits(1);
    const target = join(await scratch(), 'site');
    await publishTo(target, folders[0] ?? '');
    await build({ repository: repository.path, out: target, cache: await scratch() });
    await mirror(folders[0] ?? '', target, { prune: true, images: false, state: await scratch() });
    expect(readdirSync(join(target, 'history'))).toHaveLength(1);
    await soundRegistry(target);
  });
});
