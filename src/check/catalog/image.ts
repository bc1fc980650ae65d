import type { ImageProblem, ImageRules } from '../../model/rules/image-rules.ts';
import type { Catalog } from './entry.ts';
import { quoted } from './words.ts';

/** What is wrong with a text that is no image reference, and what to do about it. */
const PROBLEMS: Readonly<Record<ImageProblem, { readonly why: string; readonly hint: string }>> = {
  empty: { why: 'it is empty', hint: 'Name an image, such as "quay.io/team/app:1.2.3", or take the item out.' },
  template: {
    why: 'it holds a template expression',
    hint: 'The list is read as it stands: write out the whole image, with its tag.',
  },
  space: { why: 'it holds white space', hint: 'Take the white space out.' },
  scheme: { why: 'it begins like a web address', hint: 'Leave out what stands before the host, with its "://".' },
  registry: {
    why: 'its registry is neither a host name nor an address',
    hint: 'Write the registry as a host name, with a port where it needs one: "registry.example.com:5000/team/app:1.2.3".',
  },
  'upper-case': { why: 'its repository has upper-case letters', hint: 'Write the repository in lower case.' },
  repository: {
    why: 'its repository is not made of words of a-z and 0-9, joined by ".", "_", "-" or "/"',
    hint: 'Write it as registry, repository and tag: "quay.io/team/app:1.2.3".',
  },
  'too-long': {
    why: 'its name is longer than 255 characters',
    hint: 'Write registry and repository in 255 characters.',
  },
  tag: {
    why: 'its tag is not made of up to 128 letters, digits and "_", or "." and "-" behind the first',
    hint: 'Write the tag as the registry has it; a "+" of a version is usually a "_" or "-" there.',
  },
  digest: {
    why: 'its digest is not an algorithm and a hash of its length',
    hint: 'Write the digest as "@sha256:" and 64 digits of 0-9 and a-f.',
  },
};

function images(names: readonly string[], more: number): string {
  const listed = names.map(quoted).join(', ');
  return more === 0 ? listed : `${listed} and ${more} more`;
}

export const IMAGE: Catalog<ImageRules> = {
  'image/none-listed': {
    title: 'No images are listed although some are used',
    severity: 'warning',
    message: (args) => ({
      text: `no images are listed, although charts or manifests use ${images(args.images, args.more)}`,
      hint: 'List them as `- image: …` under pack.content.images: what is not listed is not mirrored for air-gapped clusters.',
    }),
  },
  'image/unlisted': {
    title: 'An image is used but not listed',
    severity: 'hint',
    message: ({ image, file, inside }) => ({
      text: `${quoted(image)} is used in ${quoted(file)}${inside === undefined ? '' : ` (${quoted(inside)})`} but not listed`,
      hint: `Add \`- image: ${image}\` to pack.content.images, so that it is mirrored with the others.`,
    }),
  },
  'image/no-tag': {
    title: 'A listed image has neither tag nor digest',
    severity: 'warning',
    fix: 'unsafe',
    message: ({ image, suggestion }) => ({
      text: `the image ${quoted(image)} has neither a tag nor a digest`,
      hint:
        suggestion === undefined
          ? 'Add the tag that the charts use; without one, "latest" is meant.'
          : `A chart or manifest uses ${quoted(suggestion)}.`,
    }),
  },
  'image/latest': {
    title: 'A listed image has the tag latest',
    severity: 'warning',
    message: ({ image }) => ({
      text: `the image ${quoted(image)} has the tag "latest", which names another image tomorrow`,
      hint: 'Write the tag of the version that the pack was tested with.',
    }),
  },
  'image/no-registry': {
    title: 'A listed image names no registry',
    severity: 'hint',
    message: ({ image, full }) => ({
      text: `the image ${quoted(image)} names no registry`,
      hint: `Write ${quoted(full)}, if that is the one that is meant.`,
    }),
  },
  'image/malformed': {
    title: 'A listed image is not a reference to an image',
    severity: 'warning',
    message: ({ image, problem }) => ({
      text: `${quoted(image)} is not an image: ${PROBLEMS[problem].why}`,
      hint: PROBLEMS[problem].hint,
    }),
  },
  'image/duplicate': {
    title: 'An image is listed twice',
    severity: 'hint',
    message: ({ image, firstLine }) => ({
      text: `the image ${quoted(image)} is listed already, in line ${firstLine}`,
      hint: 'Take one of them out.',
    }),
  },
};
