import { result, trouble, type Probe } from '../probe.ts';

const MOST = 4096;

/** Whether a path in another case is another path. */
export const probeCase: Probe = async ({ host, kind, files }) => {
  const file = files.find((each) => each.kind === 'archive') ?? files.find((each) => each.kind === 'document');
  if (file === undefined) return [result('case', 'skipped', 'no file could be looked at')];
  const other = file.path.replace(/^packs\/[^/]+/u, (start) => start.toUpperCase());
  const answer = await host.ask(other, { maxBytes: MOST });
  if (answer.status !== 200) return [result('case', 'pass', `${answer.status} for ${other}`)];
  const { bytes } = await host.ask(file.path, { maxBytes: MOST });
  if (!Buffer.from(bytes).equals(answer.bytes)) {
    return [result('case', 'skipped', `${other} is answered with something else: see missing-files`)];
  }
  return [trouble('case', 'failure', `${other} is answered with ${file.path}`, { problem: 'any-case', kind })];
};
