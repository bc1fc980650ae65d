/** What keeps a text from being an image reference. */
export type ImageProblem =
  | 'empty'
  | 'template'
  | 'space'
  | 'scheme'
  | 'registry'
  | 'upper-case'
  | 'repository'
  | 'too-long'
  | 'tag'
  | 'digest';

export interface ImageArgs {
  image: string;
}

/** What the findings of each rule of this group carry. */
export interface ImageRules {
  /** The first of the images that are used, and how many more there are. */
  'image/none-listed': { images: readonly string[]; more: number };
  /** `file` is a chart or manifest, or `values.yaml`; `inside` a file of the chart. */
  'image/unlisted': { image: string; file: string; inside?: string };
  /** `suggestion` is the same image as a chart or manifest uses it. */
  'image/no-tag': { image: string; suggestion?: string };
  'image/latest': ImageArgs;
  'image/no-registry': { image: string; full: string };
  'image/malformed': { image: string; problem: ImageProblem };
  'image/duplicate': { image: string; firstLine: number };
}
