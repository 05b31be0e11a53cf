import type { DeviceEvent } from '../protocol/events.ts';
import type { Report } from '../protocol/messages.ts';

/** A report as it is sent, and what had to be left out of it. */
interface FitReport {
  json: string;
  /** Points, from the end. */
  points: number;
  /** Events without their values. */
  values: number;
  /** Statuses without their text. */
  texts: number;
}

/** Brokers refuse what is too long, and the centre would never hear of any of it. `maxBytes` is of UTF-8. */
export function fitReport(report: Report, maxBytes: number): FitReport {
  const json = JSON.stringify(report);
  if (Buffer.byteLength(json) <= maxBytes) return { json, points: 0, values: 0, texts: 0 };
  const { events } = report;
  const bare = events ? { ...report, events: events.map(withoutValues) } : report;
  const values = events?.filter((event) => event.values !== undefined).length ?? 0;
  const points = firstPoints(bare, maxBytes);
  const cut = { ...bare, points };
  const left = report.points.length - points.length;
  const shorter = JSON.stringify(cut);
  if (Buffer.byteLength(shorter) <= maxBytes) return { json: shorter, points: left, values, texts: 0 };
  const statuses = report.statuses ?? [];
  const silent = { ...cut, statuses: statuses.map(({ check, status }) => ({ check, status })) };
  return {
    json: JSON.stringify(silent),
    points: left,
    values,
    texts: statuses.filter(({ text }) => text !== undefined).length,
  };
}

const withoutValues = ({ values: _, ...event }: DeviceEvent): DeviceEvent => event;

function firstPoints(report: Report, maxBytes: number): Report['points'] {
  let room = maxBytes - Buffer.byteLength(JSON.stringify({ ...report, points: [] }));
  const end = report.points.findIndex((point) => {
    // With the comma after it.
    room -= Buffer.byteLength(JSON.stringify(point)) + 1;
    return room < 0;
  });
  return end === -1 ? report.points : report.points.slice(0, end);
}
