import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutsideAlerts } from '../../cli/server/outside-alerts.ts';
import type { LeftAlert, ToldAlert } from '../../dashboard/ports/outside-alerts.ts';
import { JudgeRig, makeChain, makeStore } from '../alerting/judge-rig.ts';

const DAY = 86_400_000;
const BEGAN = Date.UTC(2026, 10, 22, 19);

let rig: JudgeRig;
let left: LeftAlert[];
beforeEach(() => start());
afterEach(() => rig.close());

async function start() {
  left = [];
  const store = makeStore('001', 'Nantes');
  const [server, till, ...others] = store.devices;
  const devices = [
    { ...server, attributes: { address: '10.1.2.3' } },
    { ...till, attributes: { host: 'Till-1.example', address: '10.1.2.11' } },
    ...others.map((device) => ({ ...device, attributes: { address: '10.1.2.99' } })),
  ] as typeof store.devices;
  rig = await JudgeRig.open({ inventory: [makeChain([{ ...store, devices }])] });
  await rig.birth();
  await rig.pass(300);
}

const door = () =>
  createOutsideAlerts({
    state: rig.state,
    chains: () => rig.inventory,
    served: {
      submit: async (_, event) => void (await rig.feed(event)),
      wakeOutbox: () => {},
      isInCharge: true,
    },
    onLeft: (one) => left.push(one),
    onTrouble: () => {},
    now: () => rig.now,
  });
const alert = (change: Partial<ToldAlert> = {}): ToldAlert => ({
  status: 'firing',
  labels: { alertname: 'DiskWillFill', instance: '10.1.2.3:9100', severity: 'critical' },
  annotations: { summary: 'disk of the server\nwill be full' },
  startsAt: BEGAN,
  fingerprint: 'c4ac1b2e5f6d7a80',
  ...change,
});
const incidents = () => rig.judge.snapshot().incidents;

test('what Prometheus finds is an incident of the device with its address, and over when it says so', async () => {
  const { port } = door();
  expect(await port.take([alert()])).toEqual({ taken: 1, left: [] });
  await rig.pass(600);
  expect(incidents()).toMatchObject([
    {
      state: 'new',
      cause: {
        target: 'demo/001/srv-1',
        reason: { params: { check: 'alertmanager:DiskWillFill:c4ac1b2e', text: 'disk of the server will be full' } },
      },
    },
  ]);
  expect(rig.tickets).toEqual(['1 open support']);
  await port.take([alert({ status: 'resolved' })]);
  await rig.pass(600);
  expect(incidents()[0]?.state).toBe('resolved');
});

test('a device is found by its name, by three names, by its host; not by what several share or nobody has', async () => {
  const { port } = door();
  const labels = (more: Record<string, string>) => alert({ labels: { alertname: 'X', ...more } });
  const told = await port.take([
    labels({ vigie_device: 'demo/001/till-1' }),
    labels({ chain: 'demo', store: '001', device: 'till-2' }),
    labels({ instance: 'till-1.EXAMPLE:9100' }),
    labels({ vigie_device: 'demo/009/till-1', instance: '10.1.2.3' }),
    labels({ instance: '10.1.2.99:80' }),
    labels({}),
  ]);
  expect(told).toEqual({
    taken: 3,
    left: [
      { alert: 'X', why: 'no-device' },
      { alert: 'X', why: 'several-devices' },
      { alert: 'X', why: 'no-device' },
    ],
  });
  expect(left).toEqual(told.left);
});

test('a repetition is no news, and after a restart neither', async () => {
  await door().port.take([alert()]);
  await rig.pass(600);
  await rig.restart();
  await rig.birth();
  await door().port.take([alert(), alert()]);
  await rig.pass(60);
  expect(incidents()).toHaveLength(1);
  expect(incidents()[0]?.state).toBe('new');
});

test('an alert of a device that is never heard outlasts a restart, in the same ticket', async () => {
  await rig.close();
  left = [];
  const store = makeStore('001', 'Nantes', {
    devices: [{ name: 'db', kind: 'server', attributes: { address: '10.1.2.3' } }],
  });
  rig = await JudgeRig.open({ inventory: [makeChain([store])] });
  await rig.pass(300);
  await door().port.take([alert()]);
  await rig.pass(60);
  expect(rig.tickets).toEqual(['1 open support']);
  await rig.restart();
  await rig.pass(600);
  expect(incidents()).toMatchObject([{ number: 1, state: 'new' }]);
  expect(rig.tickets).toEqual(['1 open support']);
});

test('what is told as firing again, well after its end, is believed though it bears its old beginning', async () => {
  const { port } = door();
  await port.take([alert()]);
  await port.take([alert({ status: 'resolved' })]);
  await port.take([alert()]);
  await rig.pass(120);
  expect(incidents()[0]?.state).toBe('resolved');
  await rig.pass(300);
  await port.take([alert()]);
  await rig.pass(60);
  expect(incidents()[0]?.state).toBe('new');
});

test('what is said of a device is no sign of life of the gateway that watches it', async () => {
  await rig.close();
  const devices = [
    { name: 'gw', kind: 'gateway' as const },
    { name: 'till-1', kind: 'till' as const, lane: 1, gateway: 'gw', attributes: { address: '10.1.2.3' } },
  ];
  rig = await JudgeRig.open({ inventory: [makeChain([makeStore('001', 'Nantes', { devices })])] });
  await rig.birth();
  await rig.pass(300);
  await rig.hear('lost', 'demo/001/gw');
  await rig.pass(60);
  const before = rig.judge.device('demo/001/gw')?.state;
  expect(before).not.toBe('up');
  await door().port.take([alert()]);
  await rig.pass(5);
  expect(rig.judge.device('demo/001/gw')?.state).toBe(before);
});

test('what is not told again for a day is over', async () => {
  const { port, endOld } = door();
  await port.take([alert()]);
  await rig.pass(600);
  rig.now += DAY - 700_000;
  await endOld();
  expect(incidents()[0]?.state).toBe('new');
  rig.now += 200_000;
  await endOld();
  const cleared = rig.judgements.at(-1)?.incidents ?? [];
  expect(await rig.state.outsideAlerts.heardBefore(Number.MAX_SAFE_INTEGER, 5)).toEqual([]);
  expect(cleared.length + rig.judgements.length).toBeGreaterThan(0);
});

test('any order and any repetition of what was told ends the same', async () => {
  const again = BEGAN + 3_600_000;
  const words = [
    alert(),
    alert({ status: 'resolved' }),
    alert({ startsAt: again }),
    alert({ startsAt: again, status: 'resolved' }),
    alert({ startsAt: again + 60_000 }),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      fc.array(fc.nat(4), { maxLength: 6 }),
      fc.boolean(),
      async (order, repeated, isOneMessage) => {
        await rig.close();
        await start();
        const { port } = door();
        const told = [...order, ...repeated].map((at) => words[at] as ToldAlert);
        for (const part of isOneMessage ? [told] : told.map((one) => [one])) await port.take(part);
        const [kept] = await rig.state.outsideAlerts.heardBefore(Number.MAX_SAFE_INTEGER, 5);
        expect(kept).toMatchObject({ startsAt: again + 60_000, isFiring: true });
        await rig.pass(600);
        expect(incidents().filter(({ state }) => state === 'new')).toHaveLength(1);
      },
    ),
    { numRuns: 30, seed: 20_261_123 },
  );
});
