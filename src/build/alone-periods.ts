/** A time from one commit to before another; without an end it goes on. */
export interface Period {
  readonly from: number;
  readonly until?: number;
}

/** A part of a stay during which there was no other. */
export interface AlonePeriod<Stay extends Period> extends Period {
  readonly stay: Stay;
}

/** The times at which exactly one of some stays was there, oldest first. Stays are in the order in which they began. */
export function alonePeriods<Stay extends Period>(stays: readonly Stay[]): AlonePeriod<Stay>[] {
  const [only, second] = stays;
  if (only !== undefined && second === undefined) {
    return [{ stay: only, from: only.from, ...(only.until !== undefined && { until: only.until }) }];
  }
  const starts = groupBy(stays, ({ from }) => from);
  const ends = groupBy(stays, ({ until = Number.POSITIVE_INFINITY }) => until);
  const positions = [...new Set([...starts.keys(), ...ends.keys()])].toSorted((a, b) => a - b);
  const present = new Set<Stay>();
  const periods: AlonePeriod<Stay>[] = [];
  for (const [index, from] of positions.entries()) {
    for (const stay of ends.get(from) ?? []) present.delete(stay);
    for (const stay of starts.get(from) ?? []) present.add(stay);
    const [stay] = present;
    const until = positions[index + 1] ?? Number.POSITIVE_INFINITY;
    if (stay === undefined || present.size > 1) continue;
    periods.push({ stay, from, ...(Number.isFinite(until) && { until }) });
  }
  return periods;
}

function groupBy<Stay>(stays: readonly Stay[], positionOf: (stay: Stay) => number): Map<number, Stay[]> {
  const groups = new Map<number, Stay[]>();
  for (const stay of stays) {
    const group = groups.get(positionOf(stay));
    if (group === undefined) groups.set(positionOf(stay), [stay]);
    else group.push(stay);
  }
  return groups;
}
