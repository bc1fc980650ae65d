import type { ProbeResult } from '../doctor-report.ts';
import { result, trouble, type Patient, type Probe, type SampleFile } from '../probe.ts';

/** Whether HEAD says what GET would. */
export const probeHead: Probe = async (patient) => {
  const results: ProbeResult[] = [];
  for (const file of patient.files.filter(({ kind }) => kind === 'index' || kind === 'archive')) {
    results.push(await ofFile(file, patient));
  }
  return results;
};

async function ofFile(file: SampleFile, { host, kind }: Patient): Promise<ProbeResult> {
  const { path, size } = file;
  const { status, headers } = await host.ask(path, { method: 'HEAD' });
  const wrong = { problem: 'no-head', kind, path } as const;
  if (status !== 200) return trouble('head', 'warning', `${status} for HEAD, but 200 for GET`, wrong);
  const length = headers.get('content-length');
  if (length !== null && size !== undefined && Number(length) !== size) {
    return trouble('head', 'failure', `HEAD says ${length.slice(0, 20)} bytes, and the file has ${size}`, wrong);
  }
  return result('head', 'pass', length === null ? '200 for HEAD, without a length' : `200 for HEAD, ${length} bytes`, {
    path,
  });
}
