/**
 * Whether the programs that tests talk to must be there: `.ci/run` installs them, so that one that is missing is a
 * failure. Elsewhere its tests are skipped, and say which.
 */
export const PEERS_REQUIRED: boolean = process.env['PACKYARD_PEERS'] === 'required';
