import { basename } from 'node:path/posix';

import type { Layer } from '../../model/layer.ts';
import { parametersOf } from './parameters.ts';

/** What the `README.md` of a new pack is made of. */
export interface ReadmeFacts {
  readonly name: string;
  readonly displayName: string;
  readonly version: string;
  readonly layer: Layer;
  readonly namespace?: string;
  readonly description?: string;
  readonly home?: string;
  readonly kubeVersion?: string;
  readonly charts: readonly string[];
  readonly kubeManifests: readonly string[];
  /** Kinds of their objects, by path. */
  readonly kinds: ReadonlyMap<string, readonly string[]>;
  readonly ansibleRoles: readonly string[];
  readonly images: readonly string[];
  /** Text of its `values.yaml`. */
  readonly values: string;
}

const MOST_PARAMETERS = 25;
const MOST_KINDS = 8;

const LAYER_WORDS: Readonly<Record<Layer, string>> = {
  kernel: 'kernel',
  os: 'operating system',
  k8s: 'Kubernetes',
  cni: 'network',
  csi: 'storage',
  addon: 'add-on',
};

/** A first `README.md` that says what is known: whoever knows the software adds to it. */
export function readmeText(facts: ReadmeFacts): string {
  return [
    `# ${plain(facts.displayName)}`,
    introduction(facts),
    `## What it installs\n\n${installed(facts)}`,
    `## Prerequisites\n\n${prerequisites(facts)}`,
    parameters(facts),
    `## Usage\n\n${usage(facts)}`,
  ]
    .filter((part) => part !== '')
    .map((part) => `${part.trimEnd()}\n`)
    .join('\n');
}

function introduction({ description, displayName, layer, home }: ReadmeFacts): string {
  const first = plain(description ?? `${displayName} for the ${LAYER_WORDS[layer]} layer of a cluster.`);
  const sentence = /[.!?]$/u.test(first) ? first : `${first}.`;
  return home === undefined || !/^https?:\/\/[^\s<>()]+$/u.test(home)
    ? sentence
    : `${sentence}\n\nHome page: <${home}>`;
}

function installed({ charts, kubeManifests, kinds, ansibleRoles, images, namespace }: ReadmeFacts): string {
  const lines = [
    ...charts.map((path) => `- The Helm chart \`${code(basename(path, '.tgz'))}\`.`),
    ...kubeManifests.map((path) => {
      const own = kinds.get(path) ?? [];
      const more = own.length > MOST_KINDS ? ', …' : '';
      const holds = own.length === 0 ? '' : `: ${own.slice(0, MOST_KINDS).join(', ')}${more}`;
      return `- The manifest \`${code(path)}\`${holds}.`;
    }),
    ...ansibleRoles.map((path) => `- The Ansible role \`${code(basename(path))}\`, for building images of nodes.`),
  ];
  const list =
    lines.length === 0 ? 'Nothing of its own: its values say how nodes and the cluster are set up.' : lines.join('\n');
  const where =
    namespace === undefined || lines.length === 0 ? '' : `\n\nIt goes to the namespace \`${code(namespace)}\`.`;
  const count = images.length === 1 ? 'one container image, which' : `${images.length} container images, which`;
  const lists = images.length === 0 ? '' : `\n\nIt uses ${count} \`pack.content.images\` in \`values.yaml\` lists.`;
  return `${list}${where}${lists}`;
}

function prerequisites({ layer, kubeVersion, charts, kubeManifests, ansibleRoles }: ReadmeFacts): string {
  if (layer === 'kernel' || layer === 'os') return '- Nodes, or an image of them, that this layer can be set up on.';
  const workload = layer === 'addon' || charts.length + kubeManifests.length > 0;
  return [
    ...(layer === 'k8s' ? ['- An operating system layer that kubeadm runs on.'] : []),
    ...(layer === 'cni' || layer === 'csi'
      ? ['- A Kubernetes layer, and no other pack of this layer in the profile.']
      : []),
    ...(layer === 'addon'
      ? ['- A cluster with the layers below: operating system, Kubernetes, network and storage.']
      : []),
    ...(kubeVersion === undefined ? [] : [`- Kubernetes \`${code(kubeVersion)}\`.`]),
    ...(workload ? ['- A way to the registries of its images, or mirrors of them.'] : []),
    ...(ansibleRoles.length > 0 ? ['- Ansible, where images of nodes are built.'] : []),
  ].join('\n');
}

function parameters({ values }: ReadmeFacts): string {
  const found = parametersOf(values, MOST_PARAMETERS);
  if (found.parameters.length === 0) return '';
  const rows = found.parameters.map(
    ({ key, comment, value }) =>
      `| \`${cell(key)}\` | ${plain(comment)} | ${value === '' ? 'see `values.yaml`' : `\`${cell(value)}\``} |`,
  );
  const more = found.more === 0 ? '' : `\n\n\`values.yaml\` has ${found.more} more.`;
  return `## Parameters\n\n| Parameter | What it does | Default |\n| --- | --- | --- |\n${rows.join('\n')}${more}`;
}

function usage({ displayName, layer }: ReadmeFacts): string {
  const shown = plain(displayName);
  if (layer === 'addon')
    return `Add ${shown} to a cluster profile, and change the values above where the defaults do not fit.`;
  return `Choose ${shown} as the ${LAYER_WORDS[layer]} layer of a cluster profile, and change its values where the defaults do not fit.`;
}

/** Text from elsewhere as prose: no markup, no link, no HTML, on one line. */
function plain(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>|#~]/gu, String.raw`\$&`);
}

/** Inside of backticks nothing can be escaped. */
function code(text: string): string {
  return text.replaceAll(/[`\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
}

function cell(text: string): string {
  return code(text).replaceAll('|', String.raw`\|`);
}
