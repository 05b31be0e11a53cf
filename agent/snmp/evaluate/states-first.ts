import type { DeviceReading } from '../reading.ts';

/** What a part says of itself stands before what is measured of it: the two often have one name. */
export function statesFirst({ sensors, ...reading }: DeviceReading): DeviceReading {
  if (sensors === undefined) return reading;
  const [states, measures] = [true, false].map((state) => sensors.filter(({ kind }) => (kind === 'state') === state));
  return { ...reading, sensors: [...(states ?? []), ...(measures ?? [])] };
}
