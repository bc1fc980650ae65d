/** Browsers keep caches, follow redirects and unpack by themselves, and ask a host for leave before they send more. */
export const IN_BROWSER: boolean = typeof process === 'undefined' || process.versions?.node === undefined;
