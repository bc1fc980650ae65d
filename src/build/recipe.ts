/** Version of the code that makes archives and logos. It grows when the same pack would give other bytes. */
export const RECIPE = 4;

/** Version of what is cached about a pack. It grows when the same pack would give other findings or facts. */
export const RECORD_VERSION = 4;
