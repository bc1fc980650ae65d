import { LIMITS } from '../../../model/limits.ts';
import { formatBytes } from '../../../model/format-bytes.ts';
import { sha256Of } from '../../../remote/sha256.ts';
import type { ProbeResult } from '../doctor-report.ts';
import { result, trouble, type Patient, type Probe, type SampledPack } from '../probe.ts';

interface Wanted {
  readonly path: string;
  readonly sha256: string;
  readonly size?: number;
}

/** Whether documents and archives of the sampled packs are what the index says. */
export const probeIntegrity: Probe = async (patient) => {
  const { search, sources } = patient.index;
  const results: ProbeResult[] = [await ofFile(search, patient)];
  if ((sources as Wanted | undefined) !== undefined) results.push(await ofFile(sources, patient));
  for (const pack of patient.packs) results.push(...(await ofPack(pack, patient)));
  return results;
};

async function ofPack(
  { name, link, problem, release }: SampledPack,
  patient: Patient,
): Promise<readonly ProbeResult[]> {
  const { kind, host } = patient;
  if (problem !== undefined)
    return [trouble('integrity', 'failure', problem, { problem: 'damaged', kind, path: link.path })];
  const results = [result('integrity', 'pass', 'the bytes that were published', { path: link.path })];
  const stable = `packs/${name}/index.json`;
  const { status, bytes } = await host.ask(stable, { maxBytes: LIMITS.documents.bytes });
  if (status !== 200 || (await sha256Of(bytes)) !== link.sha256) {
    const seen = status === 200 ? `not the same as ${link.path}` : `answers ${status}`;
    results.push(
      trouble('integrity', 'warning', `${seen}; readers with --direct see an older state`, {
        problem: 'stale',
        kind,
        path: stable,
      }),
    );
  }
  if (release !== undefined) results.push(await ofFile(release.artifact, patient));
  return results;
}

async function ofFile({ path, sha256, size }: Wanted, { host, kind }: Patient): Promise<ProbeResult> {
  const wrong = { problem: 'damaged', kind, path } as const;
  const { status, headers, bytes, whole } = await host.ask(path, { maxBytes: size ?? LIMITS.documents.bytes });
  if (status !== 200)
    return trouble('integrity', 'failure', `answers ${status}, although a document leads to it`, wrong);
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity' && (!whole || (await sha256Of(bytes)) !== sha256)) {
    const seen = `other bytes than those that were published, unpacked from Content-Encoding ${encoding.slice(0, 40)}`;
    return trouble('integrity', 'failure', seen, { problem: 'archive-encoded', kind, path });
  }
  if (!whole || (size !== undefined && bytes.byteLength !== size)) {
    const wanted = formatBytes(size ?? LIMITS.documents.bytes);
    const seen = whole
      ? `${formatBytes(bytes.byteLength)} instead of ${wanted}`
      : `more than the ${wanted} that it may have`;
    return trouble('integrity', 'failure', seen, wrong);
  }
  if ((await sha256Of(bytes)) !== sha256)
    return trouble('integrity', 'failure', 'other bytes than those that were published', wrong);
  return result('integrity', 'pass', 'the bytes that were published', { path });
}
