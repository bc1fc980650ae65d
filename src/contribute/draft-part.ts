import type { FileChange } from '../check/fix/file-changes.ts';

/** What a source says of the pack that is made from it: proposals, which flags of the command go before. */
export interface ProposedFacts {
  readonly name?: string;
  readonly version?: string;
  readonly displayName?: string;
  /** In one or two sentences, plain text. */
  readonly description?: string;
  /** Page of the software. */
  readonly home?: string;
  /** Where its source is, most likely one first. */
  readonly sources?: readonly string[];
  /** Version of the software, where the pack's own is another one. */
  readonly appVersion?: string;
  readonly keywords?: readonly string[];
  /** Versions of Kubernetes that it runs on, such as `>=1.27.0-0`. */
  readonly kubeVersion?: string;
}

/** An image that was found, and where: `charts/nginx.tgz: values.yaml, image.repository`. */
export interface DraftImage {
  readonly image: string;
  readonly from: string;
}

/** Something that only a human can decide, in a sentence, with the file of the pack that it is about. */
export interface Decision {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly text: string;
}

/** What one source, such as a chart or some manifests, puts into a new pack. */
export interface DraftPart {
  readonly facts: ProposedFacts;
  /** New files, with paths from the pack's directory. */
  readonly files: readonly FileChange[];
  /** Paths for the lists of `pack.json`, in their order. */
  readonly charts: readonly string[];
  readonly kubeManifests: readonly string[];
  readonly ansibleRoles: readonly string[];
  /** By the chart's name: the text of its values, comments and all, not indented, as under `charts.<name>:`. */
  readonly chartValues: ReadonlyMap<string, string>;
  /** Why the text is empty although the chart has values. */
  readonly unusableValues?: string;
  /** Proposed for `pack.namespace`, most likely first. */
  readonly namespaces: readonly string[];
  /** Ordered as they are to be listed, each once. */
  readonly images: readonly DraftImage[];
  /** Images that are used with other values than the proposed ones only, most likely first; no one is in `images`. */
  readonly optionalImages?: readonly DraftImage[];
  /** PNG bytes. */
  readonly logo?: Buffer;
  readonly decisions: readonly Decision[];
}
