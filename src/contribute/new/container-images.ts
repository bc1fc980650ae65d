import { isMapping } from '../../model/json-value.ts';
import { parseImageReference } from '../../pack/image-reference.ts';

/** An image of a container, and where it stands in its object. */
export interface ContainerImage {
  readonly image: string;
  readonly path: readonly (string | number)[];
}

const CONTAINERS = new Set(['containers', 'initContainers', 'ephemeralContainers']);
/** By which operators are told which images to start. */
const IMAGE_VARIABLE = /IMAGE/u;
const IMAGE_FLAG = /^--?[\w-]*image[\w-]*=(?<image>\S+)$/u;
/** More than any object has. */
const MOST_VALUES = 200_000;

/** The images of containers of an object, with those that variables and flags hand to them. */
export function* imagesOfContainers(value: unknown): Generator<ContainerImage> {
  yield* imagesIn(value, [], { left: MOST_VALUES });
}

function* imagesIn(
  value: unknown,
  path: readonly (string | number)[],
  work: { left: number },
): Generator<ContainerImage> {
  work.left -= 1;
  if (work.left < 0 || typeof value !== 'object' || value === null) return;
  for (const [key, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    if (CONTAINERS.has(String(key)) && Array.isArray(child)) {
      for (const [index, container] of child.entries()) yield* imagesOf(container, [...path, key, index]);
    }
    yield* imagesIn(child, [...path, key], work);
  }
}

function* imagesOf(container: unknown, path: readonly (string | number)[]): Generator<ContainerImage> {
  if (!isMapping(container)) return;
  const { image, env, args, command } = container;
  if (typeof image === 'string' && isReference(image)) yield { image, path: [...path, 'image'] };
  for (const [index, variable] of listOf(env).entries()) {
    if (!isMapping(variable) || !IMAGE_VARIABLE.test(String(variable['name']))) continue;
    const given = variable['value'];
    if (typeof given === 'string' && isWhole(given)) yield { image: given, path: [...path, 'env', index, 'value'] };
  }
  for (const [key, list] of Object.entries({ command, args })) {
    for (const [index, argument] of listOf(list).entries()) {
      const given = IMAGE_FLAG.exec(String(argument).slice(0, 1000))?.groups?.['image'] ?? '';
      if (isWhole(given)) yield { image: given, path: [...path, key, index] };
    }
  }
}

/** A word alone may be anything. */
function isWhole(text: string): boolean {
  return text.includes('/') && /[:@]/u.test(text) && isReference(text);
}

function isReference(text: string): boolean {
  return 'reference' in parseImageReference(text);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
