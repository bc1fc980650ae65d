import { isUtf8 } from 'node:buffer';

import { PackyardError } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import type { ChartContent } from '../../pack/chart-content.ts';
import { renderLogo } from '../../pack/logo.ts';
import { shownUrl } from '../../remote/registry-location.ts';
import { fetchFile, type FetchFileOptions } from './fetch-file.ts';

export interface ChartIconOptions extends FetchFileOptions {
  /**
   * Whether a host may be asked for it, or who decides that by its address, which holds no credentials. Unless told, only
   * that of a chart which was fetched itself, and over https: nobody expects a file to go to the network.
   */
  readonly fetchIcon?: boolean | ((shown: string) => Promise<boolean>) | undefined;
}

export type ChartIcon = { readonly png: Buffer } | { readonly remark: string } | undefined;

/** Bytes of a picture: the largest logos that there are take half of it. */
const MOST_BYTES = 4_194_304;
/** Milliseconds: it is not worth a wait. */
const PATIENCE = 8000;
/** Side length in pixels: as large as any place that shows it. */
const SIZE = 512;
const HINT = 'add a logo.png by hand';
/** Characters of an address that is shown. */
const LONGEST_SHOWN = 200;

/** The picture that `icon` of a `Chart.yaml` names, as PNG, or why there is none, in a sentence. Rejects when aborted only. */
export async function chartIcon(icon: string, chart: ChartContent, options: ChartIconOptions): Promise<ChartIcon> {
  const found = await iconBytes(icon, chart, options);
  if (!('data' in found)) return found;
  const rendered = await renderLogo({ path: 'logo.png', executable: false, data: found.data }, [SIZE]);
  if ('finding' in rendered) {
    const { rule, args } = rendered.finding;
    const reason = Object.values(args).join(', ');
    return { remark: `The icon of the chart (${found.shown}) cannot be used as a logo (${rule}: ${reason}): ${HINT}.` };
  }
  const png = rendered.files.find(({ format }) => format === 'png');
  return png === undefined ? undefined : { png: png.data };
}

type IconBytes = { readonly data: Buffer; readonly shown: string } | { readonly remark: string };

async function iconBytes(icon: string, chart: ChartContent, options: ChartIconOptions): Promise<IconBytes> {
  if (/^data:/iu.test(icon)) return embedded(icon);
  if (!/^[a-z][a-z\d+.-]*:/iu.test(icon)) return ofChart(icon, chart);
  if (!/^https?:/iu.test(icon)) return { remark: `The icon of the chart is at no address of the web: ${HINT}.` };
  if (!URL.canParse(icon)) return { remark: `The icon of the chart is at no valid address: ${HINT}.` };
  const shown = shownUrl(new URL(icon)).slice(0, LONGEST_SHOWN);
  const { fetchIcon = false } = options;
  if (!(typeof fetchIcon === 'function' ? await fetchIcon(shown) : fetchIcon))
    return { remark: `The icon of the chart (${shown}) was not fetched: ${HINT}, or make the pack with --icon.` };
  try {
    const retries = { tries: 1, delay: 0, longestDelay: 0 };
    const { bytes } = await fetchFile(icon, 'picture', MOST_BYTES, { patience: PATIENCE, retries, ...options });
    return { data: Buffer.from(bytes), shown };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof PackyardError)) throw error;
    return { remark: `The icon of the chart was not fetched: ${error.message.replace(/\.$/u, '')}; ${HINT}.` };
  }
}

function embedded(icon: string): IconBytes {
  const [, kind = '', text = ''] = /^data:([^,]{0,200}),(.*)$/isu.exec(icon) ?? [];
  const shown = 'a data: address';
  if (text.length > MOST_BYTES)
    return { remark: `The icon of the chart is larger than ${formatBytes(MOST_BYTES)}: ${HINT}.` };
  if (/;base64$/iu.test(kind)) return { data: Buffer.from(text, 'base64'), shown };
  try {
    return { data: Buffer.from(decodeURIComponent(text)), shown };
  } catch {
    return { data: Buffer.from(isUtf8(Buffer.from(text)) ? text : ''), shown };
  }
}

function ofChart(icon: string, chart: ChartContent): IconBytes {
  const path = icon.replace(/^(?:\.?\/)+/u, '');
  const data = chart.files.get(path);
  if (data === undefined) return { remark: `The icon of the chart is a file that is not in it: ${HINT}.` };
  if (data.length > MOST_BYTES)
    return { remark: `The icon of the chart is larger than ${formatBytes(MOST_BYTES)}: ${HINT}.` };
  return { data, shown: path };
}
