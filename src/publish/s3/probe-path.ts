/** The one object that a publisher adds to a bucket: see `probeConditions`. */
export const PROBE_PATH = '.packyard-conditions';
