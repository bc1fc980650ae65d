import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { readChartPart } from '../../../src/contribute/chart/read-chart-part.ts';
import { imageType } from '../../../src/pack/image-type.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { packedChart } from '../../helpers/packed-chart.ts';
import { png } from '../../helpers/png.ts';
import { scratch } from '../../helpers/scratch.ts';

async function fileOf(data: Buffer, name = 'chart.tgz'): Promise<string> {
  const path = join(await scratch(), name);
  await writeFile(path, data);
  return path;
}

const withIcon = (icon: string, files = {}): Promise<string> =>
  fileOf(
    packedChart('app', '', { 'Chart.yaml': `name: app\nversion: 1.0.0\nicon: ${JSON.stringify(icon)}\n`, ...files }),
  );
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';

test.each([
  ['a data: address', `data:image/svg+xml;base64,${btoa(SVG)}`, {}],
  ['a data: address as text', `data:image/svg+xml,${encodeURIComponent(SVG)}`, {}],
  ['a file of the chart', './assets/icon.svg', { 'assets/icon.svg': SVG }],
])('an icon becomes a PNG: %s', async (_, icon, files) => {
  const { logo, decisions } = await readChartPart(await withIcon(icon, files));
  expect(imageType(logo ?? Buffer.alloc(0))).toEqual({ type: 'png' });
  expect(decisions.filter(({ file }) => file === 'logo.png')).toEqual([]);
});

test('an icon is fetched only where that is allowed', async () => {
  const server = await httpServer((request, response) => {
    response.writeHead(request.url === '/icon.png' ? 200 : 404).end(png(16, 16));
  });
  const remark = async (icon: string, fetchIcon: boolean): Promise<unknown> => {
    const { logo, decisions } = await readChartPart(await withIcon(icon), { fetchIcon });
    return logo === undefined ? decisions.find(({ file }) => file === 'logo.png')?.text : imageType(logo);
  };
  expect(await remark(`${server.url}/icon.png?key=secret`, false)).toBe(
    `The icon of the chart (${server.url}/icon.png?…) was not fetched: add a logo.png by hand, or make the pack with --icon.`,
  );
  expect(server.requests).toEqual([]);
  expect(await remark(`${server.url}/icon.png`, true)).toEqual({ type: 'png' });
  expect(await remark(`${server.url}/none.png`, true)).toBe(
    `The icon of the chart was not fetched: There is no picture at ${server.url}/none.png; add a logo.png by hand.`,
  );
  expect(await remark('none.png', true)).toBe(
    'The icon of the chart is a file that is not in it: add a logo.png by hand.',
  );
  expect(await remark('data:,<svg onload="x"/>', true)).toMatch(
    /^The icon of the chart \(a data: address\) cannot be used as a logo/u,
  );
});

test('whoever is asked whether it is fetched sees its address without what is secret', async () => {
  const asked: string[] = [];
  const fetchIcon = (shown: string): Promise<boolean> => {
    asked.push(shown);
    return Promise.resolve(false);
  };
  const long = `https://example.org/${'x'.repeat(300)}`;
  await readChartPart(await withIcon('https://user:password@example.org/a.png?key=secret'), { fetchIcon });
  await readChartPart(await withIcon(long), { fetchIcon });
  await readChartPart(await withIcon('https://['), { fetchIcon });
  await readChartPart(await withIcon('data:,'), { fetchIcon });
  expect(asked).toEqual(['https://example.org/a.png?…', long.slice(0, 200)]);
});

test.each([
  ['https://pictures.example.org/icon.png', true],
  ['http://169.254.169.254/icon.png', false],
])('of a chart that was fetched, %s is fetched without a word: %s', async (icon, isFetched) => {
  const yaml = `name: app\nversion: 1.0.0\nicon: ${icon}\n`;
  const answers: Readonly<Record<string, Buffer>> = {
    'https://charts.example.org/app.tgz': packedChart('app', '', { 'Chart.yaml': yaml }),
    [icon]: png(16, 16),
  };
  const asked: string[] = [];
  const fetch = (url: URL): Promise<Response> => {
    asked.push(url.href);
    return Promise.resolve(new Response(new Uint8Array(answers[url.href] ?? [])));
  };
  const { logo } = await readChartPart('https://charts.example.org/app.tgz', { fetch });
  expect(logo !== undefined).toBe(isFetched);
  expect(asked).toEqual(Object.keys(answers).slice(0, isFetched ? 2 : 1));
});
