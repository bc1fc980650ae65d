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
    `The icon of the chart (${server.url}/icon.png?…) was not fetched: add a logo.png by hand, or let it be fetched.`,
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
