/** A marker of a JPEG and where its content lies, behind the two bytes of its length. */
export interface JpegSegment {
  readonly marker: number;
  readonly start: number;
  /** As the segment says; it may lie behind the end of the data. */
  readonly end: number;
}

const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** The segments in front of the pixels of a JPEG, the start of the first scan being the last; stops where it is damaged. */
export function* jpegSegments(data: Buffer): Generator<JpegSegment> {
  let at = 2;
  while (at + 4 <= data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0;
    // Any number of these bytes may stand in front of a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END_OF_IMAGE) return;
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const length = standsAlone ? 0 : data.readUInt16BE(at + 2);
    if (!standsAlone && length < 2) return;
    const end = at + 2 + length;
    if (!standsAlone) yield { marker, start: at + 4, end };
    if (marker === START_OF_SCAN) return;
    at = end;
  }
}
