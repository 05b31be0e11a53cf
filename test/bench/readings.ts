import type { Figure } from './figure.ts';
import { benchMetricsStore } from './metrics-store.ts';

/** What readings cost to keep and to read again, in the embedded store alone. */
export async function benchReadings(): Promise<Figure[]> {
  const figures = await benchMetricsStore();
  return [
    { what: 'embedded store: bytes per sample', value: figures.bytesPerSample, unit: 'bytes', budget: '4 bytes' },
    { what: 'embedded store: 24 h at 30 s, read for a chart', value: figures.range24hMs, unit: 'ms', budget: '50 ms' },
    {
      what: 'embedded store: 90 d at 1 h, mostly roll-ups',
      value: figures.range90dAtHoursMs,
      unit: 'ms',
      budget: '50 ms',
    },
  ];
}
