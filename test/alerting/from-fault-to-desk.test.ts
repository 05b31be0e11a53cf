import { expect, it } from 'vitest';
import { plugin } from '../../alerting/connectors/webhook.ts';
import { createOutbox } from '../../alerting/outbox.ts';
import { openTestDesk } from '../fakes/desk.ts';
import { SECRET } from './fixtures.ts';
import { JudgeRig } from './judge-rig.ts';

it('a lost till reaches a real HTTP desk and its return resolves the very ticket', async () => {
  const rig = await JudgeRig.open();
  const desk = await openTestDesk({ secrets: [SECRET], now: () => rig.now });
  const outbox = createOutbox({
    store: rig.store,
    desks: {
      support: plugin.create(
        { url: desk.url },
        { secrets: [SECRET], fetch, now: () => rig.now, timeZoneOf: () => 'Europe/Paris' },
      ),
    },
    onTicket: (change) => void rig.judge.ticketChanged(change.incident, change),
    log: { warn: () => {}, error: () => {} },
    now: () => rig.now,
  });
  const taken = (count: number) =>
    desk.until(() => [...desk.tickets.values()].reduce((sum, { actions }) => sum + actions.length, 0) === count);
  try {
    await rig.birth();
    await rig.pass(300);
    await rig.hear('lost', 'demo/001/till-2');
    await rig.pass(10);
    outbox.wake();
    await taken(1);
    await rig.hear('online', 'demo/001/till-2');
    await rig.pass(150);
    outbox.wake();
    await taken(2);
    expect([...desk.tickets.values()]).toEqual([
      {
        ticket: 'T1',
        state: 'resolved',
        actions: ['open', 'resolve'],
        subject: expect.stringMatching(/^\[P\d\]\[001 Nantes\] Caisse 2, connexion perdue \(résolu\)$/),
        text: expect.stringContaining('Résolu\u202f: '),
      },
    ]);
    expect(desk.faults).toEqual([]);
    await expect.poll(() => rig.incident(1)).toMatchObject({ ticket: 'T1', ticketState: 'resolved' });
    expect(rig.incident(1)).toEqual((await rig.state.incident(1))?.incident);
  } finally {
    await outbox.stop();
    await desk.close();
    await rig.close();
  }
});
