import { expect, test } from 'vitest';

import { displayName } from '../../../src/contribute/chart/display-name.ts';

test.each([
  ['nginx', [], 'Nginx'],
  ['kube-state-metrics', ['kube-state-metrics collects'], 'Kube State Metrics'],
  ['cert-manager', ['A Helm chart for cert-manager'], 'Cert Manager'],
  ['kuberay-operator', ['Runs KubeRay'], 'KubeRay Operator'],
  ['vmo-ns-mgmt', [], 'Vmo Ns Mgmt'],
  ['tool-for-the-api', [], 'Tool for the API'],
  ['zotregistry', ['ZotRegistry is here'], 'ZotRegistry'],
  ['', [], ''],
])('%s', (name, texts, shown) => {
  expect(displayName(name, texts)).toBe(shown);
});
