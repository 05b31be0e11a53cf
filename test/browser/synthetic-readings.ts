import type { Reading } from '../../protocol/views.ts';

interface Series {
  measurement: string;
  field: string;
  tags: Record<string, string>;
  /** What it reads at a time, ms since 1970. */
  at: (time: number) => number;
}

const HOUR_MS = 3_600_000;

const wave = (middle: number, swing: number, periodMs: number) => (time: number) =>
  middle + swing * Math.sin(time / periodMs) + (swing / 4) * Math.sin(time / (periodMs / 7.3));

const SERIES: readonly Series[] = [
  { measurement: 'cpu', field: 'usage_active', tags: { cpu: 'cpu-total' }, at: wave(31, 18, HOUR_MS) },
  { measurement: 'mem', field: 'used_percent', tags: {}, at: wave(62, 4, HOUR_MS * 5) },
  {
    measurement: 'disk',
    field: 'used_percent',
    tags: { path: '/', device: 'sda1', fstype: 'ext4' },
    at: (time) => 93.4 - (Date.now() - time) / (HOUR_MS * 20),
  },
  {
    measurement: 'disk',
    field: 'used_percent',
    tags: { path: '/var/log', device: 'sda3', fstype: 'ext4' },
    at: () => 41.2,
  },
  { measurement: 'net', field: 'bytes_recv', tags: { interface: 'eth0' }, at: (time) => time * 0.0412 * 1000 },
  { measurement: 'net', field: 'bytes_sent', tags: { interface: 'eth0' }, at: (time) => time * 0.0127 * 1000 },
  { measurement: 'system', field: 'load1', tags: {}, at: wave(0.8, 0.4, HOUR_MS) },
  { measurement: 'system', field: 'uptime', tags: {}, at: (time) => time / 1000 - 1_790_000_000 },
  { measurement: 'processes', field: 'total', tags: {}, at: (time) => 180 + (Math.floor(time / 2000) % 20) },
  { measurement: 'procstat_lookup', field: 'running', tags: { pattern: 'pos-client' }, at: () => 1 },
  {
    measurement: 'net_response',
    field: 'response_time',
    tags: { server: 'pos.example', port: '8443', protocol: 'tcp', result: 'success' },
    at: wave(0.012, 0.004, HOUR_MS / 2),
  },
  {
    measurement: 'http_response',
    field: 'response_time',
    tags: { server: 'https://pos.example/health', method: 'GET', result: 'success' },
    at: wave(0.084, 0.03, HOUR_MS / 3),
  },
];

/** What a till would read now. */
export const makeReadings = (now: number): Reading[] =>
  SERIES.map(({ measurement, field, tags, at }) => ({ measurement, field, tags, value: at(now), at: now }));

/** The same over a time, with an outage in the middle: a tenth of it is missing. */
export function makeRange(
  measurement: string,
  field: string,
  tags: Record<string, string>,
  from: number,
  to: number,
  stepMs: number,
) {
  const wanted = SERIES.filter(
    (one) =>
      one.measurement === measurement &&
      one.field === field &&
      Object.entries(tags).every(([name, value]) => one.tags[name] === value),
  );
  const [gapFrom, gapTo] = [from + (to - from) * 0.55, from + (to - from) * 0.65];
  return wanted.map((one) => {
    const points: [number, number][] = [];
    for (let time = Math.ceil(from / stepMs) * stepMs; time <= to; time += stepMs) {
      if (time < gapFrom || time > gapTo) points.push([time, one.at(time)]);
    }
    return { tags: one.tags, points };
  });
}
