import { beforeEach, expect, test } from 'vitest';
import { createInvestigator, type Investigator } from '../../../agent/gateway/evidence.ts';
import { isInNeighbourTable, type LookIo, look, type Sight } from '../../../agent/gateway/look.ts';
import type { LookQuestion } from '../../../agent/gateway/look-messages.ts';
import { createFakeClock, type FakeClock } from '../fake-clock.ts';

const HOST = '10.0.0.12';

let clock: FakeClock;
let asked: { device: string; question: LookQuestion }[];
let own: Sight[];
let investigator: Investigator;
beforeEach(() => {
  clock = createFakeClock();
  asked = [];
  own = [];
  investigator = createInvestigator({
    clock,
    look: async () => own.shift() ?? 'unsure',
    ask: (device, question) => asked.push({ device, question }),
  });
});

const answer = (...sights: Sight[]) =>
  asked.forEach(({ device, question }, at) => {
    const sight = sights[at];
    if (sight) investigator.answered(device, { id: question.id, sight });
  });

test('a machine that answers the gateway is there, whatever the neighbours say later', async () => {
  own = ['answers'];
  const seen = investigator.investigate(HOST, 'closed', ['till-2']);
  expect(await seen).toEqual({ link: 'closed', host: 'answers' });
});

test('of a silent machine the neighbours are counted that are sure', async () => {
  own = ['silent'];
  const seen = investigator.investigate(HOST, 'silent', ['till-2', 'till-3', 'till-4', 'till-5']);
  expect(asked.map(({ device, question }) => [device, question.host])).toEqual([
    ['till-2', HOST],
    ['till-3', HOST],
    ['till-4', HOST],
  ]);
  answer('silent', 'unsure', 'answers');
  expect(await seen).toEqual({ link: 'silent', host: 'silent', neighbours: { asked: 2, reached: 1 } });
});

test('neighbours that say nothing are not waited for beyond their time', async () => {
  own = ['silent'];
  const seen = investigator.investigate(HOST, 'silent', ['till-2', 'till-3']);
  answer('silent');
  await clock.advance(15_000);
  expect(await seen).toEqual({ link: 'silent', host: 'silent', neighbours: { asked: 1, reached: 0 } });
  // Too late, and a stranger's.
  answer(undefined as unknown as Sight, 'answers');
  investigator.answered('till-9', { id: 99, sight: 'answers' });
});

test('where the gateway is not sure the neighbours decide, and without them patience', async () => {
  const firewalled = investigator.investigate(HOST, 'silent', ['till-2']);
  answer('answers');
  expect(await firewalled).toMatchObject({ host: 'answers' });
  asked = [];
  const dark = investigator.investigate(HOST, 'silent', ['till-2']);
  answer('silent');
  expect(await dark).toMatchObject({ host: 'silent', neighbours: { asked: 1, reached: 0 } });
  own = ['unsure', 'unsure', 'silent'];
  const alone = investigator.investigate(HOST, 'silent', []);
  await clock.advance(2000);
  expect(await alone).toEqual({ link: 'silent', host: 'silent' });
});

test('what nobody can tell is not told', async () => {
  const seen = investigator.investigate(HOST, 'silent', []);
  await clock.advance(70_000);
  expect(await seen).toBeUndefined();
  expect(await investigator.investigate('', undefined, ['till-2'])).toBeUndefined();
  expect(await investigator.investigate('', 'closed', ['till-2'])).toEqual({ link: 'closed' });
});

const net = (over: { knock: Sight; echo?: boolean; resolved?: (boolean | undefined)[] }): LookIo => {
  const resolved = [...(over.resolved ?? [])];
  return {
    knock: async () => over.knock,
    ping: async () => over.echo ?? false,
    isResolved: () => resolved.shift(),
  };
};

test.each<[string, Parameters<typeof net>[0], Sight]>([
  ['a refusal or a welcome', { knock: 'answers' }, 'answers'],
  ['an echo where connections are swallowed', { knock: 'unsure', echo: true }, 'answers'],
  ['no card behind the address', { knock: 'silent' }, 'silent'],
  ['a card that has just said who it is', { knock: 'unsure', resolved: [false, true] }, 'answers'],
  ['a card that was asked and said nothing', { knock: 'unsure', resolved: [true, false] }, 'silent'],
  ['a card known from before', { knock: 'unsure', resolved: [true, true] }, 'unsure'],
  ['a system that does not tell of cards', { knock: 'unsure' }, 'unsure'],
])('a look: %s', async (_, given, sight) => {
  expect(await look(HOST, net(given))).toBe(sight);
});

test('Linux’s table of neighbours', () => {
  const table = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.12        0x1         0x2         9a:5c:11:7e:00:01     *        eth0
10.0.0.13        0x1         0x0         00:00:00:00:00:00     *        eth0
10.0.0.14        0x1         0x6         9a:5c:11:7e:00:02     *        eth0
`;
  expect(['10.0.0.12', '10.0.0.13', '10.0.0.14', '10.0.0.1'].map((host) => isInNeighbourTable(table, host))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
