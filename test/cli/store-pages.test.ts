import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStorePages, type StorePages } from '../../cli/server/store-pages.ts';
import { JudgeRig } from '../alerting/judge-rig.ts';

const STORE = 'demo/001';
const TILL = `${STORE}/till-2` as const;
const HOUR = 3_600_000;

let rig: JudgeRig;
let pages: StorePages;
beforeEach(async () => {
  rig = await JudgeRig.open();
  await rig.birth();
  await rig.pass(300);
  pages = await open();
});
afterEach(() => rig.close());

const open = () =>
  createStorePages({
    state: rig.state,
    devices: { chain: () => rig.inventory[0] },
    served: { submit: async (_, event) => void (await rig.feed(event)), wakeOutbox: () => {} },
    publicUrl: undefined,
    onTrouble: (error) => {
      throw error;
    },
    now: () => rig.now,
  });
const incident = () => rig.judge.snapshot().incidents[0];

test('a lane that is said to be blocked is an incident with their words, at once, and over when they say so', async () => {
  await pages.port.blocked(TILL, 'frozen', 'écran bleu');
  await rig.pass(60);
  expect(incident()).toMatchObject({ state: 'new', cause: { target: TILL, rule: 'told-by-store' } });
  expect(String(incident()?.cause.reason.params?.text)).toContain('écran bleu');
  expect(rig.tickets).toEqual(['1 open support']);
  expect(await pages.port.words(STORE)).toMatchObject([{ device: TILL, by: 'frozen', note: 'écran bleu' }]);
  await pages.port.works(TILL);
  await rig.pass(600);
  expect(incident()?.state).toBe('resolved');
  expect(await pages.port.words(STORE)).toEqual([]);
});

test('what a store says of a till is no sign of life of the till', async () => {
  await rig.hear('lost', TILL);
  await rig.pass(60);
  await pages.port.works(TILL);
  await rig.pass(60);
  expect(rig.judge.device(TILL)?.state).toBe('down');
});

test('a word outlasts a restart, and ends by itself when nobody takes it back', async () => {
  await pages.port.blocked(TILL, 'payment', '');
  await rig.restart();
  await rig.birth();
  await rig.pass(60);
  expect(incident()).toMatchObject({ cause: { rule: 'told-by-store' } });
  pages = await open();
  rig.now += 12 * HOUR - 61_000;
  await pages.endOld();
  expect(await rig.state.storePages.words()).toHaveLength(1);
  rig.now += 61_000;
  await pages.endOld();
  expect(await rig.state.storePages.words()).toEqual([]);
});

test('what is not well again opens its incident anew, with the store’s word as reason', async () => {
  await pages.port.blocked(TILL, 'off', '');
  await rig.pass(60);
  await pages.port.works(TILL);
  await rig.pass(120);
  const number = incident()?.number as number;
  expect(incident()?.state).toBe('resolved');
  await pages.port.answer({ incident: number, store: STORE, isWell: false, note: 'toujours éteinte' });
  expect(incident()?.state).toBe('new');
  expect(await pages.port.answerTo(number)).toMatchObject({ isWell: false, note: 'toujours éteinte', at: rig.now });
  const told = await rig.state.incident(number);
  expect(JSON.stringify(told?.timeline)).toContain('toujours éteinte');
});

test('that all is well changes nothing but the figures', async () => {
  await pages.port.answer({ incident: 99, store: STORE, isWell: true, note: '' });
  expect(await pages.port.answers(0, rig.now + 1)).toHaveLength(1);
  expect(rig.judge.snapshot().incidents).toEqual([]);
});

test('links that were revoked are of an earlier generation, and who did it is kept', async () => {
  expect(await pages.port.generation(STORE)).toBe(1);
  expect(await pages.port.revoke(STORE, 'Karim')).toBe(2);
  expect(await pages.port.generation('demo/002')).toBe(1);
  expect(await rig.state.auditLog(1)).toMatchObject([{ who: 'Karim', action: 'store-links.revoked', detail: STORE }]);
  expect((await open()).port.key).toEqual(pages.port.key);
});
