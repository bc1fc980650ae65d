import type { FileChange } from '../../check/fix/file-changes.ts';
import { generatedLogo } from '../../pack/generated-logo.ts';
import { renderLogo } from '../../pack/logo.ts';
import { directoryIn, type PackLayout } from '../pack-layout.ts';
import { newFile } from '../write-files.ts';
import { displayNameOf } from './texts/display-name.ts';

const VERSION = '1.0.0';
const IMAGE = 'docker.io/nginxinc/nginx-unprivileged:1.27.4-alpine';
const LOGO_SIZE = 256;

/** A small pack of every kind of file that most packs have, to look at and to start from; paths are from the root. */
export async function firstPack(name: string, layout: PackLayout, contributor: string): Promise<readonly FileChange[]> {
  const directory = directoryIn(layout, name, VERSION);
  const file = (path: string, data: string | Buffer): FileChange => newFile(`${directory}/${path}`, data);
  return [
    file('pack.json', packJson(name, contributor)),
    file('values.yaml', values(name, directory)),
    file('README.md', readme(name)),
    file('logo.png', await logo(name)),
    file(`manifests/${name}.yaml`, manifest(name)),
  ];
}

function packJson(name: string, contributor: string): string {
  const manifestOf = {
    name,
    displayName: displayNameOf(name),
    version: VERSION,
    layer: 'addon',
    addonType: 'app services',
    cloudTypes: ['all'],
    kubeManifests: [`manifests/${name}.yaml`],
    annotations: {
      source: 'community',
      contributor,
      description: 'A single web page that shows that a cluster runs and reaches a workload.',
      docsURL: 'https://github.com/nginx/docker-nginx-unprivileged',
    },
  };
  return `${JSON.stringify(manifestOf, undefined, 2)}\n`;
}

function values(name: string, directory: string): string {
  const up = '../'.repeat(directory.split('/').length);
  return `# yaml-language-server: $schema=${up}node_modules/packyard/schemas/values.schema.json
pack:
  namespace: "${name}"
  # Lower numbers are installed first.
  spectrocloud.com/install-priority: "20"
  content:
    # Everything that is pulled, so that it can be mirrored.
    images:
      - image: ${IMAGE}

# By the names of the files in manifests/: what they read as .Values.
manifests:
  ${name}:
    namespace: "${name}"
    image: "${IMAGE}"
    # Number of web servers.
    replicas: 1
    # What the page says.
    message: "If you can read this, the cluster runs pods and routes traffic to them."
`;
}

function manifest(name: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: {{ .Values.namespace }}
  labels:
    app.kubernetes.io/name: ${name}
data:
  index.html: {{ .Values.message | quote }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: {{ .Values.namespace }}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: {{ .Values.image }}
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /
              port: http
          resources:
            requests:
              cpu: 10m
              memory: 16Mi
            limits:
              memory: 64Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
          volumeMounts:
            - name: page
              mountPath: /usr/share/nginx/html
            - name: temporary
              mountPath: /tmp
      volumes:
        - name: page
          configMap:
            name: ${name}
        - name: temporary
          emptyDir: {}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: {{ .Values.namespace }}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function readme(name: string): string {
  const key = `manifests.${name}`;
  return `# ${displayNameOf(name)}

One web page, served by nginx without root. Install it on a new cluster to see that images are pulled, pods run and services
route; or take it as the start of a pack of your own.

## Parameters

| Parameter | What it does | Default |
| --- | --- | --- |
| \`${key}.namespace\` | Namespace of all objects; that of \`pack.namespace\`. | \`${name}\` |
| \`${key}.image\` | Image of the web server; it listens on port 8080. | \`${IMAGE}\` |
| \`${key}.replicas\` | Number of web servers. | \`1\` |
| \`${key}.message\` | What the page says. | see \`values.yaml\` |

## Usage

Add the pack to an add-on profile and open the page:

\`\`\`shell
kubectl --namespace ${name} port-forward service/${name} 8080:80
\`\`\`

Then open \`http://127.0.0.1:8080/\`.

## Caution

The page is for trying a cluster out: whoever reaches the service reads it.
`;
}

async function logo(name: string): Promise<Buffer> {
  const rendered = await renderLogo({ path: 'logo.svg', data: generatedLogo(name), executable: false }, [LOGO_SIZE]);
  const file = 'files' in rendered ? rendered.files.find(({ data }) => isPng(data)) : undefined;
  if (file === undefined) throw new Error(`no logo could be made for ${name}`);
  return file.data;
}

function isPng(data: Buffer): boolean {
  return data.subarray(1, 4).toString('latin1') === 'PNG';
}
