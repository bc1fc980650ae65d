import { PackyardError } from '../errors.ts';
import { suggest } from '../model/suggest.ts';

/** A registry that has no such pack; the hint names the nearest. */
export function unknownPack(name: string, names: readonly string[], location: string): PackyardError {
  const nearest = suggest(name, names);
  return new PackyardError({
    code: 'unknown-pack',
    message: `The registry at ${location} has no pack ${JSON.stringify(name.slice(0, 100))}.`,
    hint:
      nearest === undefined
        ? 'Look for it: packyard search WORD; packyard list shows all.'
        : `Did you mean ${nearest}?`,
  });
}
