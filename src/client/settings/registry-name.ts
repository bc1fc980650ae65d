const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/u;

/** What keys of objects must not be, so that they are never mistaken for those of every object. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a text can be the name of a registry in settings: never one that could be an address or an option. */
export function isRegistryName(text: string): boolean {
  return text.length <= 64 && NAME.test(text) && !RESERVED.has(text);
}

/** What a name may be, for hints. */
export const NAME_RULE = 'A name is made of letters, digits, ".", "_" and "-", and is at most 64 characters long.';
