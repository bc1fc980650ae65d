import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { NewPackOptions, NewPackPlan } from '../../../src/contribute/new/new-pack-options.ts';
import { planNewPack } from '../../../src/contribute/new/plan-new-pack.ts';
import { sha256Of } from '../../../src/remote/sha256.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { packedChart } from '../../helpers/packed-chart.ts';
import { png } from '../../helpers/png.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

interface Sample {
  readonly folder: string;
  readonly chart: string;
}

async function sample(files: Readonly<Record<string, string>> = {}, name = 'app'): Promise<Sample> {
  const folder = await scratch();
  const chart = join(folder, `${name}.tgz`);
  writeFileSync(chart, packedChart(name, '1.0.0', files));
  return { folder, chart };
}

/** Into a folder outside of any repository. */
async function planned(options: NewPackOptions): Promise<NewPackPlan> {
  return planNewPack({ contributor: 'Test', cache: false, out: join(await scratch(), 'pack'), ...options });
}

function textOf({ files }: NewPackPlan, path: string): string {
  return files.find((file) => file.path === path)?.data?.toString() ?? '';
}

test('a chart has the hash that it shall have, or no pack is made', async () => {
  const { chart } = await sample();
  const hash = await sha256Of(readFileSync(chart));
  expect(await planned({ charts: [chart], chartSha256: hash })).toMatchObject({ name: 'app' });
  expect(await failureOf(planned({ charts: [chart], chartSha256: '0'.repeat(64) }))).toMatchObject({
    code: 'archive-refused',
    hint: 'It was not used. Compare the hash with what the makers of the chart publish.',
  });
  for (const charts of [[], [chart, chart]]) {
    expect(await failureOf(planned({ name: 'a', charts, chartSha256: hash }))).toEqual({
      code: 'usage',
      message: '--chart-sha256 needs one --chart, and not more.',
      hint: 'Name the chart that has it, or leave it out.',
    });
  }
});

test('the icon of the first chart that has one is fetched, unless there is a logo', async () => {
  const server = await httpServer((_, response) => response.end(png(16, 16)));
  const iconed = (name: string): Promise<Sample> =>
    sample({ 'Chart.yaml': `name: ${name}\nversion: 1.0.0\nicon: ${server.url}/${name}.png\n` }, name);
  const [{ chart, folder }, { chart: other }] = [await iconed('app'), await iconed('other')];
  const aboutLogo = ({ decisions }: NewPackPlan): unknown => decisions.filter(({ file }) => file === 'logo.png');
  const without = await planned({ charts: [chart] });
  expect(aboutLogo(without)).toEqual([
    {
      file: 'logo.png',
      text: `The icon of the chart (${server.url}/app.png) was not fetched: add a logo.png by hand, or make the pack with --icon.`,
    },
  ]);
  const logo = join(folder, 'own.png');
  writeFileSync(logo, png(32, 32));
  const own = await planned({ charts: [chart], logo, icon: true });
  expect([own.files.some(({ path }) => path === 'logo.png'), aboutLogo(own)]).toEqual([true, []]);
  expect(server.requests).toEqual([]);
  const fetched = await planned({ charts: [chart, other], icon: true });
  expect([fetched.files.some(({ path }) => path === 'logo.png'), aboutLogo(fetched)]).toEqual([true, []]);
  expect(server.requests).toHaveLength(1);
});

test('images that other values turn on stand in comments, which a decision names', async () => {
  const branch = (name: string): string => `{{ if .Values.${name} }}\na:\n  image: quay.io/a/${name}:1\n{{ end }}\n`;
  const files = { 'values.yaml': 'image: quay.io/a/app:1\n', 'templates/a.yaml': branch('side') };
  const one = await planned({ charts: [(await sample(files)).chart] });
  expect(textOf(one, 'values.yaml')).toContain(`      - image: quay.io/a/app:1
      # Used with other values only:
      # - image: quay.io/a/side:1
`);
  expect(one.findings).toEqual([]);
  expect(one.decisions).toContainEqual({
    file: 'values.yaml',
    line: 6,
    text: 'An image that only other values turn on stands in a comment: list it where clusters without internet shall have it.',
  });
  const more = { ...files, 'templates/b.yaml': branch('more') };
  const two = await planned({ charts: [(await sample(more)).chart] });
  expect(two.decisions.map(({ text }) => text)).toContain(
    '2 images that only other values turn on stand in comments: list those that clusters without internet shall have.',
  );
});

test('images with one problem are told at once', async () => {
  const values = 'a:\n  image: quay.io/a/a\nb:\n  image: quay.io/a/b\nc:\n  image: quay.io/a/c:latest\n';
  const plan = await planned({ charts: [(await sample({ 'values.yaml': values })).chart] });
  expect(plan.decisions.filter(({ text }) => text.includes('quay.io'))).toEqual([
    { file: 'values.yaml', line: 6, text: 'quay.io/a/a and 1 more: Nothing says which tag is used.' },
    { file: 'values.yaml', line: 10, text: 'quay.io/a/c:latest: The tag latest means another image every day.' },
  ]);
});

test('the versions of Kubernetes that a chart runs on stand in README.md', async () => {
  const yaml = 'name: app\nversion: 1.0.0\nkubeVersion: ">=1.27.0-0 `<b>"\n';
  const plan = await planned({ charts: [(await sample({ 'Chart.yaml': yaml })).chart] });
  expect(textOf(plan, 'README.md')).toContain('- Kubernetes `>=1.27.0-0 <b>`.\n');
});
