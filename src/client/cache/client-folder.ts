/** What clients keep below the folder of the cache. */
export const CLIENT_FOLDER = 'client';
