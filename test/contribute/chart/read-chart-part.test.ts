import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

import { readChartPart } from '../../../src/contribute/chart/read-chart-part.ts';
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
      {
        file: 'values.yaml',
        text: 'An image has no version (haproxy:latest): add the tag that this version of the pack is to run.',
      },
      {
        file: 'values.yaml',
        text: "An image is used only with other values than the chart's own, and not listed: side:1.",
      },
    ],
  });
});

test('a library, and one without images, says so', async () => {
  const data = packedChart('lib', '1.0.0', { 'Chart.yaml': 'name: lib\nversion: 1.0.0\ntype: library\n' });
  const { decisions } = await readChartPart(await fileOf(data));
  expect(decisions.map(({ text }) => text)).toEqual([
    'The chart is a library, which installs nothing: name a chart that uses it.',
    'No images were found in the chart: list what it runs under pack.content.images.',
  ]);
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
    name: 'a folder missing',
    data: packedChart('.', '1.0.0'),
    message: /its files do not lie in a folder of the chart's name\.$/u,
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
