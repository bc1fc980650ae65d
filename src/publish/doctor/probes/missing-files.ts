import { randomUUID } from 'node:crypto';

import { result, shownHeader, trouble, type Probe } from '../probe.ts';

/** Whether what is not there is said to be so. */
export const probeMissingFiles: Probe = async ({ host, kind }) => {
  const { status, headers, asked } = await host.ask(`packs/packyard-doctor-${randomUUID()}.json`);
  if (status === 404 || status === 410) return [result('missing-files', 'pass', `${status} for what is not there`)];
  if (status === 401 || status === 403) {
    const seen = `${status} for what is not there`;
    return [trouble('missing-files', 'warning', seen, { problem: 'denied-for-missing', kind })];
  }
  const redirected = asked.length > 1 ? ', after a redirect,' : '';
  const seen = `${status}${redirected} with Content-Type ${shownHeader(headers.get('content-type'))} for what is not there`;
  return [trouble('missing-files', 'failure', seen, { problem: 'page-for-missing', kind })];
};
