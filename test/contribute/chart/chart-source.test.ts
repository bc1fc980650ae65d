import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

import { readChartPart } from '../../../src/contribute/chart/read-chart-part.ts';
import { sha256 } from '../../../src/model/content.ts';
import { tarEntries } from '../../../src/pack/tar-entries.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { packedChart } from '../../helpers/packed-chart.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const CHART = packedChart('app', '1.0.0', { 'values.yaml': 'image: {repository: quay.io/a, tag: 1}\n' });

async function fileOf(data: Buffer, name = 'chart.tgz'): Promise<string> {
  const path = join(await scratch(), name);
  await writeFile(path, data);
  return path;
}

test.each([
  [
    'oci://user:secret@host/chart',
    'A chart is not read from an OCI registry.',
    'Fetch it first (`helm pull oci://HOST/PATH --version VERSION`), then name the .tgz.',
  ],
  [
    'oci://host/chart',
    'A chart is not read from an OCI registry.',
    'Fetch it first (`helm pull oci://host/chart --version VERSION`), then name the .tgz.',
  ],
  [
    's3://bucket/chart.tgz',
    'A chart cannot be read over s3.',
    'Name a packed chart (.tgz), the folder of a chart (with Chart.yaml in it), or the address of one.',
  ],
  [
    'bitnami/nginx',
    'There is no file or folder bitnami/nginx.',
    'Where it is a chart of a Helm repository, fetch it first: helm pull bitnami/nginx',
  ],
  [
    'missing.tgz',
    'There is no file or folder missing.tgz.',
    'Name a packed chart (.tgz), the folder of a chart (with Chart.yaml in it), or the address of one.',
  ],
  ['https://', 'The address of the chart is not valid.', 'Look at how it is written.'],
  [
    'https://host.example/',
    'https://host.example/ is the address of a folder, not of a chart.',
    'Add the name of the file.',
  ],
])('%s is no source', async (source, message, hint) => {
  expect(await failureOf(readChartPart(source))).toEqual({ code: 'chart-invalid', message, hint });
});

test('the hash that is expected is held', async () => {
  const path = await fileOf(CHART);
  await readChartPart(path, { sha256: `sha256:${sha256(CHART).toUpperCase()}` });
  expect(await failureOf(readChartPart(path, { sha256: '0'.repeat(64) }))).toEqual({
    code: 'archive-refused',
    message: `${path} is not the chart that was expected: its SHA-256 is ${sha256(CHART)}, not ${'0'.repeat(64)}.`,
    hint: 'It was not used. Compare the hash with what the makers of the chart publish.',
  });
  expect((await failureOf(readChartPart(path, { sha256: 'x' }))).code).toBe('usage');
});

test('an address is fetched with its login and query, neither of which is shown', async () => {
  const server = await httpServer((request, response) => {
    const allowed = request.headers.authorization === `Basic ${btoa('user:p@ss')}`;
    response.writeHead(allowed ? 200 : 401).end(allowed ? CHART : '');
  });
  const host = server.url.replace('http://', '');
  const part = await readChartPart(`http://user:p%40ss@${host}/a/chart%201+2.tgz?token=t`);
  expect(part.files[0]?.data?.equals(CHART)).toBe(true);
  expect(server.requests.map(({ path }) => path)).toEqual(['/a/chart%201%2B2.tgz?token=t']);
  const { code, message, hint } = await failureOf(readChartPart(`http://user:wrong@${host}/a/chart.tgz?token=t`));
  expect({ code, message, hint }).toEqual({
    code: 'registry-denied',
    message: `http://${host}/a/chart.tgz refuses the login (401 Unauthorized).`,
    hint: 'Check the user name and password, or token, and that it has not expired.',
  });
});

test('an address without a chart, or too much, is refused', async () => {
  const server = await httpServer((request, response) => {
    if (request.url === '/large.tgz') response.writeHead(200, { 'content-length': '99999999' }).end();
    else response.writeHead(request.url === '/odd.tgz' ? 418 : 404).end();
  });
  const failure = (name: string): ReturnType<typeof failureOf> => failureOf(readChartPart(`${server.url}/${name}`));
  expect((await failure('none.tgz')).message).toBe(`There is no chart at ${server.url}/none.tgz.`);
  expect((await failure('large.tgz')).message).toBe(`${server.url}/large.tgz is larger than 64 MiB.`);
  expect((await failure('odd.tgz')).hint).toBe('Check that the address is that of a chart.');
  const offline = readChartPart(`${server.url}/a.tgz`, { environment: { PACKYARD_OFFLINE: '1' } });
  expect((await failureOf(offline)).code).toBe('registry-offline');
});

test('a folder is packed, always alike, without what is ignored', async () => {
  const make = async (): Promise<string> => {
    const folder = join(await scratch(), 'anything');
    await mkdir(join(folder, 'templates'), { recursive: true });
    await mkdir(join(folder, '.git'));
    const files = {
      'Chart.yaml': 'name: app\nversion: 1.0.0\n',
      'values.yaml': 'a: 1\n',
      '.helmignore': '*.md\n',
      'a.md': '',
      '.DS_Store': '',
      '.git/x': '',
      'templates/.x': '',
      'templates/a.yaml': 'image: a:1\n',
    };
    for (const [name, text] of Object.entries(files))
      await writeFile(join(folder, name), text, { mode: name === 'values.yaml' ? 0o755 : 0o600 });
    return folder;
  };
  const [one, two] = [await readChartPart(await make()), await readChartPart(await make())];
  expect(one).toEqual(two);
  expect(one.charts).toEqual(['charts/app-1.0.0.tgz']);
  const files = {
    '.helmignore': '*.md\n',
    'Chart.yaml': 'name: app\nversion: 1.0.0\n',
    'templates/a.yaml': 'image: a:1\n',
    'values.yaml': 'a: 1\n',
  };
  expect((await readChartPart(await fileOf(one.files[0]?.data ?? Buffer.alloc(0)))).files).toEqual(one.files);
  const entries = [...tarEntries(gunzipSync(one.files[0]?.data ?? Buffer.alloc(0)))];
  expect(entries.map(({ path, executable, data }) => [path, executable, data.toString()])).toEqual(
    Object.entries(files).map(([path, text]) => [`app/${path}`, false, text]),
  );
});

test('a folder that is no chart, or holds a link, is refused', async () => {
  const folder = await scratch();
  expect((await failureOf(readChartPart(folder))).message).toBe(`${folder} is no chart: there is no Chart.yaml in it.`);
  await writeFile(join(folder, 'Chart.yaml'), 'name: app\nversion: 1.0.0\n');
  await symlink('/etc/passwd', join(folder, 'values.yaml'));
  expect(await failureOf(readChartPart(folder))).toEqual({
    code: 'chart-invalid',
    message: `${folder} is not packed: values.yaml is a symbolic link, which no chart may hold.`,
    hint: 'Remove it, or name it in .helmignore.',
  });
  await writeFile(join(folder, '.helmignore'), 'values.yaml\n');
  expect((await readChartPart(folder)).charts).toEqual(['charts/app-1.0.0.tgz']);
});
