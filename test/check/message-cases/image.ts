import type { ImageRules } from '../../../src/model/rules/image-rules.ts';
import type { Cases } from './case.ts';

const LIST_THEM =
  'List them as `- image: …` under pack.content.images: what is not listed is not mirrored for air-gapped clusters.';

export const IMAGE: Cases<ImageRules> = {
  'image/none-listed': [
    {
      args: { images: ['quay.io/a:1'], more: 0 },
      text: 'no images are listed, although charts or manifests use "quay.io/a:1"',
      hint: LIST_THEM,
    },
    {
      args: { images: ['quay.io/a:1', 'b:2'], more: 7 },
      text: 'no images are listed, although charts or manifests use "quay.io/a:1", "b:2" and 7 more',
      hint: LIST_THEM,
    },
  ],
  'image/unlisted': [
    {
      args: { image: 'quay.io/a:1', file: 'manifests/m.yaml' },
      text: '"quay.io/a:1" is used in "manifests/m.yaml" but not listed',
      hint: 'Add `- image: quay.io/a:1` to pack.content.images, so that it is mirrored with the others.',
    },
    {
      args: { image: 'quay.io/a:1', file: 'charts/c.tgz', inside: 'values.yaml' },
      text: '"quay.io/a:1" is used in "charts/c.tgz" ("values.yaml") but not listed',
      hint: 'Add `- image: quay.io/a:1` to pack.content.images, so that it is mirrored with the others.',
    },
  ],
  'image/no-tag': [
    {
      args: { image: 'quay.io/a' },
      text: 'the image "quay.io/a" has neither a tag nor a digest',
      hint: 'Add the tag that the charts use; without one, "latest" is meant.',
    },
    {
      args: { image: 'quay.io/a', suggestion: 'quay.io/a:1' },
      text: 'the image "quay.io/a" has neither a tag nor a digest',
      hint: 'A chart or manifest uses "quay.io/a:1".',
    },
  ],
  'image/latest': [
    {
      args: { image: 'quay.io/a:latest' },
      text: 'the image "quay.io/a:latest" has the tag "latest", which names another image tomorrow',
      hint: 'Write the tag of the version that the pack was tested with.',
    },
  ],
  'image/no-registry': [
    {
      args: { image: 'nginx:1', full: 'docker.io/library/nginx:1' },
      text: 'the image "nginx:1" names no registry',
      hint: 'Write "docker.io/library/nginx:1", if that is the one that is meant.',
    },
  ],
  'image/malformed': [
    {
      args: { image: '', problem: 'empty' },
      text: '"" is not an image: it is empty',
      hint: 'Name an image, such as "quay.io/team/app:1.2.3", or take the item out.',
    },
    {
      args: { image: 'a:{{ .x }}', problem: 'template' },
      text: '"a:{{ .x }}" is not an image: it holds a template expression',
      hint: 'The list is read as it stands: write out the whole image, with its tag.',
    },
    {
      args: { image: 'a b', problem: 'space' },
      text: '"a b" is not an image: it holds white space',
      hint: 'Take the white space out.',
    },
    {
      args: { image: 'docker://a', problem: 'scheme' },
      text: '"docker://a" is not an image: it begins like a web address',
      hint: 'Leave out what stands before the host, with its "://".',
    },
    {
      args: { image: 'a..b/c', problem: 'registry' },
      text: '"a..b/c" is not an image: its registry is neither a host name nor an address',
      hint: 'Write the registry as a host name, with a port where it needs one: "registry.example.com:5000/team/app:1.2.3".',
    },
    {
      args: { image: 'team/App', problem: 'upper-case' },
      text: '"team/App" is not an image: its repository has upper-case letters',
      hint: 'Write the repository in lower case.',
    },
    {
      args: { image: 'a//b', problem: 'repository' },
      text: '"a//b" is not an image: its repository is not made of words of a-z and 0-9, joined by ".", "_", "-" or "/"',
      hint: 'Write it as registry, repository and tag: "quay.io/team/app:1.2.3".',
    },
    {
      args: { image: 'long', problem: 'too-long' },
      text: '"long" is not an image: its name is longer than 255 characters',
      hint: 'Write registry and repository in 255 characters.',
    },
    {
      args: { image: 'a:1+2', problem: 'tag' },
      text: '"a:1+2" is not an image: its tag is not made of up to 128 letters, digits and "_", or "." and "-" behind the first',
      hint: 'Write the tag as the registry has it; a "+" of a version is usually a "_" or "-" there.',
    },
    {
      args: { image: 'a@sha256:1', problem: 'digest' },
      text: '"a@sha256:1" is not an image: its digest is not an algorithm and a hash of its length',
      hint: 'Write the digest as "@sha256:" and 64 digits of 0-9 and a-f.',
    },
  ],
  'image/duplicate': [
    {
      args: { image: 'quay.io/a:1', firstLine: 5 },
      text: 'the image "quay.io/a:1" is listed already, in line 5',
      hint: 'Take one of them out.',
    },
  ],
};
