import { mediaTypeOf } from '../../../model/media-type.ts';
import { result, shownHeader, trouble, type Probe } from '../probe.ts';

/** What is as good as the type that a registry has for a file. */
const AS_GOOD: Readonly<Record<string, readonly string[]>> = {
  'application/gzip': ['application/x-gzip'],
  'application/yaml': ['text/yaml', 'text/x-yaml', 'application/x-yaml'],
};

/** Whether each kind of file comes with its media type. */
export const probeMediaTypes: Probe = async (patient) => {
  const results = [];
  for (const file of patient.files) {
    const header = (await patient.answer(file)).headers.get('content-type');
    const [wanted = ''] = mediaTypeOf(file.path).split(';');
    const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
    const charset = parameters
      .find((parameter) => parameter.startsWith('charset='))
      ?.slice(8)
      .replaceAll('"', '');
    const right = type === wanted || AS_GOOD[wanted]?.includes(type) === true;
    if (right && (charset === undefined || charset === 'utf-8')) {
      results.push(result('media-types', 'pass', `Content-Type ${shownHeader(header)}`, { path: file.path }));
      continue;
    }
    // Browsers run scripts of what they take for a page.
    const state = type === 'text/html' || type === 'image/svg+xml' ? 'failure' : 'warning';
    const seen = `Content-Type ${shownHeader(header)}, not ${mediaTypeOf(file.path)}`;
    results.push(trouble('media-types', state, seen, { problem: 'media-type', kind: patient.kind, path: file.path }));
  }
  return results;
};
