import fc from 'fast-check';
import { expect, test } from 'vitest';
import { objection } from '../../../collector/ingest/authority.ts';
import { type Decoded, decode, MAX_MESSAGE_BYTES } from '../../../collector/ingest/decode.ts';
import { liveReport, timeFault } from '../../../collector/ingest/live-report.ts';
import type { Report } from '../../../protocol/messages.ts';

const NOW = 1_790_000_000_000;
const report: Report = { v: 1, boot: 'bootbootone', seq: 1, at: NOW, points: [{ m: 'cpu', f: { usage_active: 3 } }] };
const message = (topic: string, payload: unknown) => ({
  topic,
  payload: typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(JSON.stringify(payload)),
  retain: false,
  client: undefined,
});
const reasonOf = (topic: string, payload: unknown) => {
  const decoded = decode(message(topic, payload));
  return decoded.kind === 'refused' ? decoded.reason : decoded.kind;
};

test('a good report is taken, under the name of who speaks', () => {
  const decoded = decode(message('vigie/v1/c/s/till/report', { ...report, by: 'gw' }));
  expect(decoded).toMatchObject({ kind: 'report', device: 'c/s/till', agent: 'c/s/gw', message: { seq: 1 } });
});

test.each([
  ['a topic that is not ours', 'zigbee/x', report, /^unknown-topic/],
  ['a topic kind that is not ours', 'vigie/v1/c/s/d/sing', report, /^unknown-topic/],
  ['a name with other signs', 'vigie/v1/c/s s/d/report', report, /^unknown-topic/],
  ['a report of another device than its topic’s', 'vigie/v1/c/s/d/report', { ...report, device: 'e' }, /^wrong-device/],
  [
    'an event that says nothing',
    'vigie/v1/c/s/d/report',
    { ...report, events: [{ at: NOW, source: 'trap', code: '1.3.6.1', severity: 'info', text: '' }] },
    /^schema: \/events\/0\/text/,
  ],
  ['no JSON', 'vigie/v1/c/s/d/report', '{"v":1', /^not-json/],
  ['bytes that are not UTF-8', 'vigie/v1/c/s/d/report', undefined, /^not-json/],
  ['another wire version', 'vigie/v1/c/s/d/report', { ...report, v: 2 }, /^schema: \/v /],
  [
    'a field that is no number',
    'vigie/v1/c/s/d/report',
    { ...report, points: [{ m: 'cpu', f: { x: 'high' } }] },
    /^schema: \/points\/0\/f/,
  ],
  [
    'a number out of range',
    'vigie/v1/c/s/d/report',
    JSON.stringify(report).replace('"usage_active":3', '"usage_active":1e999'),
    /^schema: \/points\/0\/f/,
  ],
  ['an extra key', 'vigie/v1/c/s/d/report', { ...report, extra: 1 }, /^schema: /],
  [
    'a name that would reach the prototype',
    'vigie/v1/c/s/d/report',
    JSON.stringify(report).replace('usage_active', '9__proto__'),
    /^schema: /,
  ],
  ['too much', 'vigie/v1/c/s/d/report', 'x'.repeat(MAX_MESSAGE_BYTES + 1), /^too-large/],
])('%s is refused with its reason', (_, topic, payload, reason) => {
  if (payload === undefined) {
    const decoded = decode({ ...message(topic, ''), payload: Buffer.from([0xff, 0xfe, 0x00]) });
    expect(decoded.kind === 'refused' ? decoded.reason : decoded.kind).toMatch(reason);
  } else expect(reasonOf(topic, payload)).toMatch(reason);
});

test('any bytes on any topic are taken or refused, never thrown at', () => {
  const topics = fc.oneof(
    fc.string(),
    fc.constantFrom('vigie/v1/c/s/d/report', 'vigie/v1/c/s/d/birth', 'vigie/v1/c/s/d/status'),
  );
  const payloads = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((json) => Buffer.from(json)),
  );
  fc.assert(
    fc.property(topics, payloads, (topic, payload) => {
      expect(['refused', 'report', 'birth', 'status']).toContain(
        decode({ topic, payload, retain: false, client: undefined }).kind,
      );
    }),
    { numRuns: 5_000 },
  );
});

const devices: Record<string, { name: string; kind: 'till'; gateway?: string }> = {
  'c/s/till': { name: 'till', kind: 'till', gateway: 'gw' },
  'c/s/own': { name: 'own', kind: 'till' },
};
const taken = (topic: string, by?: string) => decode(message(topic, { ...report, ...(by ? { by } : {}) })) as Decoded;
const judged = (decoded: Decoded, client: string | undefined, barred: readonly string[] = []) =>
  objection(
    decoded,
    client,
    (key) => devices[key],
    (agent) => barred.includes(agent),
  );

test('an agent speaks for itself and for what is assigned to it', () => {
  expect(judged(taken('vigie/v1/c/s/own/report'), 'vigie:c/s/own')).toBeUndefined();
  expect(judged(taken('vigie/v1/c/s/till/report', 'gw'), 'vigie:c/s/gw')).toBeUndefined();
  expect(judged(taken('vigie/v1/c/s/own/report'), undefined)).toBeUndefined();
});

test('a gateway brings what the agents of its devices say, and theirs only', () => {
  expect(judged(taken('vigie/v1/c/s/till/report'), 'vigie:c/s/gw')).toBeUndefined();
  expect(judged(taken('vigie/v1/c/s/own/report'), 'vigie:c/s/gw')).toMatch(/^not-its-own/);
  expect(judged(taken('vigie/v1/c/s/till/report'), 'vigie:c/other/gw')).toMatch(/^not-its-own/);
  // What another agent would say of the device is not the device's own word.
  expect(judged(taken('vigie/v1/c/s/till/report', 'own'), 'vigie:c/s/gw')).toMatch(/^not-its-own/);
});

test('an agent whose certificates have all ended says nothing but goodbye, whoever brings it', () => {
  const status = (online: boolean) =>
    decode(message('vigie/v1/c/s/till/status', { v: 1, boot: report.boot, online, at: NOW })) as Decoded;
  for (const client of ['vigie:c/s/gw', 'vigie:c/s/till', undefined]) {
    expect(judged(taken('vigie/v1/c/s/till/report'), client, ['c/s/till'])).toMatch(/^revoked-certificate/);
    expect(judged(status(true), client, ['c/s/till'])).toMatch(/^revoked-certificate/);
    expect(judged(status(false), client, ['c/s/till'])).toBeUndefined();
  }
  // What its gateway sees of it is the gateway's word.
  expect(judged(taken('vigie/v1/c/s/till/report', 'gw'), 'vigie:c/s/gw', ['c/s/till'])).toBeUndefined();
  expect(judged(taken('vigie/v1/c/s/own/report'), 'vigie:c/s/own', ['c/s/till'])).toBeUndefined();
});

test.each([
  ['another client', taken('vigie/v1/c/s/own/report'), 'vigie:c/s/till', /^not-its-own/],
  ['a client that is no agent', taken('vigie/v1/c/s/own/report'), 'mqttjs_1', /^not-its-own/],
  ['a watcher of nothing', taken('vigie/v1/c/s/own/report', 'gw'), 'vigie:c/s/gw', /^not-assigned/],
  ['a device nobody knows', taken('vigie/v1/c/s/ghost/report'), 'vigie:c/s/ghost', /^unknown-device/],
])('%s is refused', (_, decoded, client, reason) => {
  expect(judged(decoded, client)).toMatch(reason);
});

test('late is what was kept, or is older than the liveness window', () => {
  const late = (over: Partial<Report>, skewMs = 0) => {
    const event = liveReport('c/s/own', { ...report, ...over }, skewMs, 10, false, NOW);
    return event.kind === 'report' && event.late;
  };
  expect(late({})).toBe(false);
  expect(late({ at: NOW - 80_000 })).toBe(false);
  expect(late({ at: NOW - 91_000 })).toBe(true);
  expect(late({ historical: true })).toBe(true);
  // A clock an hour behind is not an hour late.
  expect(late({ at: NOW - 3_600_000 }, 3_600_000)).toBe(false);
});

test('what another says of a device without a reading of it is hearsay', () => {
  const hearsay = (over: Partial<Report>) =>
    'isHearsay' in liveReport('c/s/own', { ...report, ...over }, 0, 10, false, NOW);
  expect(hearsay({ by: 'gw', points: [] })).toBe(true);
  expect(hearsay({ by: 'gw', points: [{ m: 'snmp', f: { faults: 1 } }] })).toBe(false);
  expect(hearsay({ points: [] })).toBe(false);
});

test('times nobody can have measured are told by where they stand', () => {
  expect(timeFault(report, 0, NOW)).toBeUndefined();
  expect(timeFault({ ...report, at: 8.64e15 }, 0, NOW)).toMatch('/at');
  expect(timeFault({ ...report, points: [{ m: 'cpu', f: { x: 1 }, at: 5 }] }, 0, NOW)).toMatch('/points/0/at');
});
