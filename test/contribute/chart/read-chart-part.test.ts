import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { Header } from 'tar';
import { expect, test } from 'vitest';

import { readChartPart } from '../../../src/contribute/chart/read-chart-part.ts';
import { canonicalTar } from '../../helpers/canonical-tar.ts';
import { packedChart } from '../../helpers/packed-chart.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const YAML = `apiVersion: v2
name: haproxy-ingress
version: v1.2.3
appVersion: 1.10
description: |
  HAProxy as an ingress.
  It balances.
home: https://haproxy.example.org
sources: [https://git.example.org/a, ftp://x, https://user:secret@git.example.org]
keywords: [ingress, ingress, haproxy]
kubeVersion: '>=1.26'
deprecated: true
annotations: {catalog.cattle.io/namespace: proxies}
dependencies: [{name: redis, version: 1}]
`;
const CHART = packedChart('haproxy-ingress', '', {
  'Chart.yaml': YAML,
  'values.yaml': '# tuning\nimage: {repository: haproxy, tag: latest}\nname: "{{ .Release.Name }}"\n',
  'crds/a.yaml': 'kind: CustomResourceDefinition\n',
  'templates/a.yaml':
    'image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n{{ if .Values.x }}\na:\n  image: side:1\n{{ end }}\n',
});

async function fileOf(data: Buffer, name = 'chart.tgz'): Promise<string> {
  const path = join(await scratch(), name);
  await writeFile(path, data);
  return path;
}

test('a packed chart becomes a part of a pack', async () => {
  const part = await readChartPart(await fileOf(CHART));
  const path = 'charts/haproxy-ingress-v1.2.3.tgz';
  expect(part).toEqual({
    facts: {
      name: 'haproxy-ingress',
      version: '1.2.3',
      displayName: 'HAProxy Ingress',
      description: 'HAProxy as an ingress. It balances.',
      home: 'https://haproxy.example.org',
      sources: ['https://git.example.org/a'],
      appVersion: '1.1',
      keywords: ['ingress', 'haproxy'],
      kubeVersion: '>=1.26',
    },
    files: [{ path, kind: 'write', executable: false, data: CHART }],
    charts: [path],
    kubeManifests: [],
    ansibleRoles: [],
    chartValues: new Map([
      ['haproxy-ingress', '# tuning\nimage: {repository: haproxy, tag: latest}\nname: "{{ .Release.Name }}"\n'],
    ]),
    namespaces: ['proxies', 'haproxy-ingress'],
    images: [{ image: 'haproxy:latest', from: `${path}: templates/a.yaml` }],
    optionalImages: [{ image: 'side:1', from: `${path}: templates/a.yaml` }],
    decisions: [
      { file: path, text: 'The chart says that it is deprecated: look for what has taken its place.' },
      {
        file: path,
        text: 'The chart wants Kubernetes >=1.26: say so in pack.json, as a dependency on the pack of Kubernetes.',
      },
      {
        file: path,
        text: 'Charts that it depends on are not in it (redis): run `helm dependency update`, and pack it again.',
      },
      {
        file: path,
        text: 'The chart brings definitions of resources (crds/), which Helm installs once, and neither updates nor removes: say in README.md how they are.',
      },
      {
        file: 'values.yaml',
        text: 'Values of the chart hold {{ … }} (1 line), which is read as a macro of the pack before the chart sees it: see whether each is still what the chart needs.',
      },
    ],
  });
});

test('a chart that runs nothing with its own values has the images that others turn on', async () => {
  const template = '{{ if .Values.on }}\na:\n  image: quay.io/a/side:1\n{{ end }}\n';
  const part = await readChartPart(await fileOf(packedChart('app', '1.0.0', { 'templates/a.yaml': template })));
  expect(part.images).toEqual([{ image: 'quay.io/a/side:1', from: 'charts/app-1.0.0.tgz: templates/a.yaml' }]);
  expect(part).not.toHaveProperty('optionalImages');
  expect(part.decisions).toEqual([
    {
      file: 'values.yaml',
      text: 'The chart runs nothing with its own values: under pack.content.images is what other values turn on. Set those that turn it on, and list what they use.',
    },
  ]);
});

/** As `tar czf chart.tgz Chart.yaml values.yaml` makes it. */
function packedWithoutFolder(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).map(([path, text]) => {
    const data = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    data.write(text);
    const header = Buffer.alloc(512);
    new Header({ path, size: Buffer.byteLength(text), mode: 0o644, type: 'File' }).encode(header);
    return Buffer.concat([header, data]);
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

test('a chart that was packed from inside its folder is copied as it is', async () => {
  const chart = {
    'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'values.yaml': 'image: quay.io/a/b:1\n',
  };
  const entries = Object.entries(chart).map(([path, text]) => ({ path, executable: false, data: Buffer.from(text) }));
  const tgz = gzipSync(Buffer.concat(Array.from(canonicalTar('.', entries), (chunk) => Buffer.from(chunk))));
  const part = await readChartPart(await fileOf(tgz));
  expect(part.files[0]?.data?.equals(tgz)).toBe(true);
  expect(part.images.map(({ image }) => image)).toEqual(['quay.io/a/b:1']);
});

test('a chart whose files lie in no folder is packed anew', async () => {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'values.yaml': 'image: quay.io/a/b:1\n',
  };
  const { decisions, ...part } = await readChartPart(await fileOf(packedWithoutFolder(files)));
  const known = await readChartPart(await fileOf(packedChart('app', '1.0.0', files)));
  const path = 'charts/app-1.0.0.tgz';
  expect(part.images).toEqual(known.images);
  const again = await readChartPart(await fileOf(part.files[0]?.data ?? Buffer.alloc(0)));
  expect(again.files).toEqual(part.files);
  expect(decisions).toEqual([
    {
      file: path,
      text: 'The files of the chart lay in no folder of its name, so it was packed anew: its bytes are not those of its makers, its files are.',
    },
    ...known.decisions,
  ]);
});

test('what leads out of a chart without a folder, or not every system can hold, is refused', async () => {
  const yaml = 'name: app\nversion: 1.0.0\n';
  const refusal = async (path: string): Promise<string> => {
    const file = await fileOf(packedWithoutFolder({ 'Chart.yaml': yaml, [path]: '' }));
    return (await failureOf(readChartPart(file))).message.replace(file, 'FILE');
  };
  expect(await refusal('../evil')).toBe('FILE is refused: it holds "../evil", which leads out of its folder.');
  expect(await refusal('templates/con')).toMatch(
    /^FILE holds a file that not every system can hold, "templates\/con": /u,
  );
});

test('a library, and one without images, says so', async () => {
  const data = packedChart('lib', '1.0.0', { 'Chart.yaml': 'name: lib\nversion: 1.0.0\ntype: library\n' });
  const { decisions } = await readChartPart(await fileOf(data));
  expect(decisions.map(({ text }) => text)).toEqual([
    'The chart is a library, which installs nothing: name a chart that uses it.',
    'No images were found in the chart: list what it runs under pack.content.images.',
  ]);
});

test('what a chart says of itself without end is cut or left out', async () => {
  const long = 'k'.repeat(200_000);
  const yaml =
    `name: app\nversion: 1.0.0\nkeywords: [${long}, ingress]\nkubeVersion: ${long}\nappVersion: ${long}\n` +
    `home: https://a.example.org/${long}\ndescription: ${long} app\ndependencies: [{name: ${long}}]\n`;
  const { facts, decisions } = await readChartPart(await fileOf(packedChart('app', '', { 'Chart.yaml': yaml })));
  expect(facts).toMatchObject({ keywords: ['ingress'], displayName: 'App' });
  expect(facts).not.toHaveProperty('home');
  expect(JSON.stringify([facts, decisions]).length).toBeLessThan(3000);
});

test('what a chart says reaches nobody as it is where it could do harm', async () => {
  const yaml = 'name: app\nversion: 1.0.0\ndescription: "a\\e[31mb"\nkubeVersion: "1\\e]0;x"\nicon: "javascript:x"\n';
  const part = await readChartPart(await fileOf(packedChart('app', '', { 'Chart.yaml': yaml })));
  expect(part.decisions[0]?.text).toContain(String.raw`wants Kubernetes 1\u001b]0;x: say so`);
  expect(part.facts.description).toBe(String.raw`a\u001b[31mb`);
  expect(part.decisions.at(-1)?.text).toBe(
    'The icon of the chart is at no address of the web: add a logo.png by hand.',
  );
});

test.each([
  { name: 'nothing', data: Buffer.alloc(0), message: /is no packed chart: /u },
  { name: 'no gzip', data: Buffer.from('no'), message: /is no packed chart: /u },
  { name: 'no tar', data: gzipSync('x'.repeat(600)), message: /is no packed chart: there is no tar in it\.$/u },
  {
    name: 'a bomb',
    data: gzipSync(Buffer.alloc(70_000_000)),
    message: /expands to more than 64 MiB, which no chart of a pack may\.$/u,
  },
  {
    name: 'no Chart.yaml',
    data: packedChart('x', '1', { 'Chart.yaml': '[' }),
    message: /no Chart\.yaml that can be read/u,
  },
  {
    name: 'no version',
    data: packedChart('x', '', { 'Chart.yaml': 'name: x\n' }),
    message: /its Chart\.yaml has no version\.$/u,
  },
  {
    name: 'a path as a name',
    data: packedChart('x', '', { 'Chart.yaml': 'name: ../x\nversion: 1\n' }),
    message: /its name is "\.\.\/x"\.$/u,
  },
  {
    name: 'a device as a name',
    data: packedChart('x', '', { 'Chart.yaml': 'name: x\nversion: 1..\n' }),
    message: /its version is "1\.\."\.$/u,
  },
  {
    name: 'no folder, and no chart',
    data: packedWithoutFolder({ 'values.yaml': '' }),
    message: /is no packed chart: no Chart\.yaml that can be read is in its one folder\.$/u,
  },
])('refused: $name', async ({ data, message }) => {
  const { code, message: found } = await failureOf(readChartPart(await fileOf(data)));
  expect(code).toBe('chart-invalid');
  expect(found).toMatch(message);
});

test('a chart that leads out of its folder is an attack', async () => {
  const path = await fileOf(packedChart('x', '1.0.0', { '../../etc/passwd': '' }));
  expect(await failureOf(readChartPart(path))).toEqual({
    code: 'archive-refused',
    message: `${path} is refused: it holds "../../etc/passwd", which leads out of its folder.`,
    hint: 'No chart that Helm packs does. Ask whoever made it.',
  });
});

test('so is one with a file beside its folder that leads out', async () => {
  const path = await fileOf(packedWithoutFolder({ 'x/Chart.yaml': 'name: x\nversion: 1.0.0\n', '../../evil': '' }));
  expect(await failureOf(readChartPart(path))).toMatchObject({
    code: 'archive-refused',
    message: `${path} is refused: it holds "../../evil", which leads out of its folder.`,
  });
});
