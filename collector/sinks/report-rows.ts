import type { Report } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { MetricRow } from '../ports.ts';

const NO_TAGS: Readonly<Record<string, string>> = Object.freeze({});

/** A report as rows for a metrics store, in our time. */
export function rowsOf(device: DeviceKey, report: Report, skewMs: number): MetricRow[] {
  return report.points.map((point) => ({
    device,
    at: (point.at ?? report.at) + skewMs,
    measurement: point.m,
    tags: point.t ?? NO_TAGS,
    fields: point.f,
  }));
}
