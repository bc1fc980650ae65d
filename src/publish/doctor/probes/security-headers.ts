import { result, shownHeader, trouble, type Probe } from '../probe.ts';

/** Whether browsers are kept from guessing what a file is: a pack's README could be made to look like a page. */
export const probeSecurityHeaders: Probe = async (patient) => {
  const results = [];
  for (const file of patient.files.filter(({ kind }) => ['index', 'copy', 'logo'].includes(kind))) {
    const header = (await patient.answer(file)).headers.get('x-content-type-options');
    const seen = `X-Content-Type-Options ${shownHeader(header)}`;
    const { path } = file;
    results.push(
      header?.trim().toLowerCase() === 'nosniff'
        ? result('security-headers', 'pass', seen, { path })
        : trouble('security-headers', 'warning', seen, { problem: 'no-nosniff', kind: patient.kind, path }),
    );
  }
  return results;
};
