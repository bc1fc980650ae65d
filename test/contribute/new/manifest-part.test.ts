import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { readManifestPart } from '../../../src/contribute/new/manifest-part.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const PACKS = fileURLToPath(new URL('../../../packs/', import.meta.url));

async function written(files: Readonly<Record<string, string | Buffer>>): Promise<string[]> {
  const folder = await scratch();
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}

const DEPLOYMENT = `# Runs it.
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: web}
spec:
  template:
    spec:
      initContainers:
        - {name: init, image: busybox}
      containers:
        - name: web
          image: "quay.io/team/web:1.2"
          args: ["--sidecar-image=quay.io/team/sidecar:3", "--image-dir=/tmp"]
          env:
            - {name: RELATED_IMAGE_PROXY, value: "quay.io/team/proxy:2"}
            - {name: IMAGE_NAME, value: web}
            - {name: ADDRESS, value: "host/path:80"}
`;

test('files keep their bytes; images, namespaces and kinds are found', async () => {
  const text = `${DEPLOYMENT}---\r\napiVersion: v1\r\nkind: Namespace\r\nmetadata: {name: web}\r\n`;
  const part = await readManifestPart(await written({ 'web.yaml': text }));
  expect(part.files.map(({ path, data }) => [path, data?.toString()])).toEqual([['manifests/web.yaml', text]]);
  expect(part.kubeManifests).toEqual(['manifests/web.yaml']);
  expect(part.namespaces).toEqual(['web']);
  expect(part.images).toEqual([
    { image: 'busybox', from: 'manifests/web.yaml: line 9' },
    { image: 'quay.io/team/web:1.2', from: 'manifests/web.yaml: line 12' },
    { image: 'quay.io/team/sidecar:3', from: 'manifests/web.yaml: line 13' },
    { image: 'quay.io/team/proxy:2', from: 'manifests/web.yaml: line 15' },
  ]);
  expect([...part.kinds]).toEqual([['manifests/web.yaml', ['Deployment', 'Namespace']]]);
  expect(part.decisions).toEqual([]);
});

test('files stay in their order; those of one name get a number', async () => {
  const [a = '', b = '', c = ''] = [
    ...(await written({ 'b.yaml': 'kind: B\n' })),
    ...(await written({ 'B.yml': 'kind: C\n' })),
    ...(await written({ 'a.json': '{"kind": "A"}' })),
  ];
  const part = await readManifestPart([a, b, c]);
  expect(part.kubeManifests).toEqual(['manifests/b.yaml', 'manifests/B-2.yml', 'manifests/a.json']);
});

test('lists and templates', async () => {
  const part = await readManifestPart(
    await written({
      'list.yaml':
        'kind: List\napiVersion: v1\nitems:\n  - {kind: Pod, metadata: {namespace: b}}\n  - {kind: Service}\n',
      'template.yaml': `kind: Pod
metadata:
  namespace: {{ .Values.namespace }}
spec:
  containers:
    - image: {{ .Values.image | default "quay.io/team/web:1" }}
`,
    }),
  );
  expect(part.kinds.get('manifests/list.yaml')).toEqual(['Pod', 'Service']);
  expect(part.namespaces).toEqual(['b']);
  expect(part.images).toEqual([
    { image: 'quay.io/team/web:1', from: 'manifests/template.yaml: a default of its template' },
  ]);
  expect(part.asked.get('manifests/template.yaml')?.map(({ path }) => path.join('.'))).toEqual(['namespace', 'image']);
  expect(part.decisions).toEqual([
    {
      file: 'manifests/template.yaml',
      line: 6,
      text: 'Only rendering tells which image this is: list it in pack.content.images of values.yaml.',
    },
  ]);
});

test('a manifest is split by kind where that is wanted and possible', async () => {
  const files = await written({
    'all.yaml': 'kind: Pod\n---\nkind: Namespace\n---\nkind: Pod\n',
    'one.yaml': 'kind: Pod\n',
    'odd.yaml': '{{ if .Values.x }}\nkind: Pod\n---\nkind: Service\n{{ end }}\n',
  });
  const part = await readManifestPart(files, { splitByKind: true });
  expect(part.kubeManifests).toEqual([
    'manifests/all-namespace.yaml',
    'manifests/all-pod.yaml',
    'manifests/one.yaml',
    'manifests/odd.yaml',
  ]);
  expect(part.decisions).toEqual([
    {
      file: 'manifests/odd.yaml',
      text: 'It was not split by kind, since a block of its template reaches over several documents.',
    },
  ]);
});

test('what Kubernetes reads though YAML readers complain is taken', async () => {
  const part = await readManifestPart(
    await written({ 'a.yaml': 'kind: Pod\na: "x\ny"\n', 'b.yaml': 'kind: A\na: 1\na: 2\n' }),
  );
  expect(part.kubeManifests).toHaveLength(2);
});

test.each([
  ['no.yaml', 'kind: [1', 'is not YAML: line 1: unexpected end of the stream within a flow collection.', 'Mend it.'],
  [
    'empty.yaml',
    '',
    'holds no Kubernetes object: none of its documents has a kind.',
    'Name a file as kubectl apply takes it.',
  ],
  [
    'list.yaml',
    '- a\n',
    'holds no Kubernetes object: none of its documents has a kind.',
    'Name a file as kubectl apply takes it.',
  ],
  [
    'bytes.yaml',
    Buffer.from('6b696e643a20ff', 'hex'),
    'is not UTF-8: byte 6 belongs to no character.',
    'Save it as UTF-8.',
  ],
  ['chart.tgz', 'x', 'ends in none of .yaml, .yml, .json.', 'A packed Helm chart goes to --chart.'],
  ['notes.txt', 'x', 'ends in none of .yaml, .yml, .json.', 'Name it as Kubernetes tools expect it.'],
])('%s is refused', async (name, content, reason, hint) => {
  const files = await written({ [name]: content });
  expect(await failureOf(readManifestPart(files))).toEqual({
    code: 'usage',
    message: `The manifest ${files[0] ?? ''} ${reason}`,
    hint,
  });
});

test('what is no file, is too large, or cannot keep its name', async () => {
  const folder = await scratch();
  mkdirSync(join(folder, 'folder.yaml'));
  writeFileSync(join(folder, 'huge.yaml'), '');
  truncateSync(join(folder, 'huge.yaml'), 9_000_000);
  const at = (name: string): Promise<unknown> => readManifestPart([join(folder, name)]);
  expect(await failureOf(at('folder.yaml'))).toMatchObject({ code: 'usage', hint: 'Name the files in it.' });
  expect(await failureOf(at('none.yaml'))).toMatchObject({
    message: `The manifest ${join(folder, 'none.yaml')} is not there.`,
    hint: 'Look at its name; it is taken from the current folder on.',
  });
  expect(await failureOf(at('huge.yaml'))).toMatchObject({
    code: 'file-too-large',
    message: `The manifest ${join(folder, 'huge.yaml')} is larger than 8 MiB.`,
    hint: 'Is huge.yaml the file that you meant?',
  });
  if (process.platform === 'win32') return;
  writeFileSync(join(folder, 'a:b.yaml'), 'kind: A\n');
  expect((await failureOf(at('a:b.yaml'))).message).toContain('cannot keep its name: it holds ":"');
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
  expect(await failureOf(at('pipe.yaml'))).toMatchObject({ hint: 'Name a file.' });
  symlinkSync('/dev/zero', join(folder, 'zero.yaml'));
  expect((await failureOf(at('zero.yaml'))).message).toContain('is no plain file.');
});

test('the manifests of the example packs name what their authors listed', async () => {
  const part = await readManifestPart([join(PACKS, 'metrics-server-0.8.0/manifests/metrics-server.yaml')]);
  expect(part.namespaces).toEqual(['kube-system']);
  expect([...part.asked.values()].flat().map(({ path }) => path.join('.'))).toEqual([
    'replicas',
    'image',
    'resolution',
    'kubeletInsecureTls',
    'resources.requests.cpu',
    'resources.requests.memory',
  ]);
});
