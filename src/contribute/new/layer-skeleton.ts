import type { Layer } from '../../model/layer.ts';

/** What a pack of a layer begins with where no chart, manifest or role says more. */
export interface LayerSkeleton {
  /** Lines below `pack:` of `values.yaml`, in front of its content. */
  readonly packLines: readonly string[];
  /** Further sections of `values.yaml`. */
  readonly sections: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** A first manifest, which reads `.Values.name` and `.Values.message`. */
  readonly manifest?: string;
  /** What is left to do, and at which text in which file. */
  readonly tasks: readonly SkeletonTask[];
}

export interface SkeletonTask {
  readonly file: 'values.yaml' | 'pack.json' | 'manifest';
  /** Stands in the line that is meant. */
  readonly at: string;
  readonly text: string;
}

const NODE_COMMANDS = `kubeadmconfig:
  # Shell commands that every node runs before kubeadm, in this order. A node may go through them again.
  preKubeadmCommands: []
  # Shell commands that every node runs after kubeadm.
  postKubeadmCommands: []
`;

const CLUSTER = `kubeadmconfig:
  apiServer:
    extraArgs:
      profiling: "false"
      tls-min-version: "VersionTLS12"
  controllerManager:
    extraArgs:
      profiling: "false"
  scheduler:
    extraArgs:
      profiling: "false"
  kubeletExtraArgs:
    read-only-port: "0"
`;

const NOTHING: LayerSkeleton = { packLines: [], sections: '', annotations: {}, tasks: [] };

/** What a bare pack holds, by its layer. Every one passes `check`. */
export function layerSkeleton(layer: Layer, displayName: string): LayerSkeleton {
  switch (layer) {
    case 'kernel':
      return {
        ...NOTHING,
        sections: NODE_COMMANDS,
        tasks: [
          {
            file: 'values.yaml',
            at: 'preKubeadmCommands',
            text: 'Write the commands that install the kernel and its settings.',
          },
        ],
      };
    case 'os':
      return osSkeleton();
    case 'k8s':
      return {
        ...NOTHING,
        packLines: [
          '# Addresses of pods and of services. They must not overlap each other or the network of the nodes.',
          'podCIDR: "10.244.0.0/16"',
          'serviceClusterIpRange: "10.96.0.0/16"',
          'serviceDomain: "cluster.local"',
        ],
        sections: CLUSTER,
        tasks: [
          { file: 'values.yaml', at: 'podCIDR', text: 'Choose the address ranges of pods and services.' },
          {
            file: 'values.yaml',
            at: 'images:',
            text: 'List the images of this Kubernetes version: kubeadm config images list.',
          },
        ],
      };
    case 'cni':
    case 'csi':
    case 'addon':
      return workloadSkeleton(displayName);
  }
}

/** Annotations that say from which image nodes are started, and how to reach them. */
function osSkeleton(): LayerSkeleton {
  const blank = (key: string, text: string): SkeletonTask => ({ file: 'pack.json', at: `"${key}": ""`, text });
  return {
    ...NOTHING,
    sections: NODE_COMMANDS,
    annotations: {
      imageId: '',
      imageOwner: '',
      cloudRegion: '',
      osName: '',
      sshUsername: '',
      skipK8sInstall: 'false',
    },
    tasks: [
      blank(
        'imageId',
        'Say from which image of the cloud nodes are started, or remove it where the cloud looks it up.',
      ),
      blank('imageOwner', 'Say who owns that image, or remove it.'),
      blank('cloudRegion', 'Say in which region that image is, or remove it.'),
      blank('osName', 'Name the system, such as ubuntu-24.04.'),
      blank('sshUsername', 'Name the user that the image has for SSH.'),
      {
        file: 'pack.json',
        at: '"skipK8sInstall"',
        text: 'Say "true" where the image has Kubernetes in it already.',
      },
      { file: 'values.yaml', at: 'preKubeadmCommands', text: 'Write the commands that prepare nodes, or leave none.' },
    ],
  };
}

function workloadSkeleton(displayName: string): LayerSkeleton {
  return {
    ...NOTHING,
    manifest: `# Replace this object by those that install ${displayName}.
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}
data:
  message: {{ .Values.message | quote }}
`,
    tasks: [
      {
        file: 'manifest',
        at: 'kind: ConfigMap',
        text: 'Replace the example by what installs the software, or start over with --chart or --manifest.',
      },
      { file: 'values.yaml', at: 'images:', text: 'List the images that it uses.' },
    ],
  };
}
