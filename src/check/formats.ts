/** Forms in which findings can be printed; apart from the reporters, so that a command can name them without loading any. */
export const FORMATS = ['text', 'json', 'sarif', 'github', 'junit', 'markdown'] as const;

export type Format = (typeof FORMATS)[number];
