import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PresenceEvidence } from '../../alerting/engine/types.ts';
import type { TicketAction } from '../../alerting/ports.ts';
import { devicesOf, JudgeRig, makeChain, makeStore } from './judge-rig.ts';

const INVENTORY = [makeChain([makeStore('001', 'Nantes'), makeStore('002', 'Brest')])];
const DEVICES = devicesOf(INVENTORY);

type Move =
  | { kind: 'hear'; evidence: PresenceEvidence; devices: string[] }
  | { kind: 'pass'; seconds: number }
  /** `quiet`: nothing else happens around it. */
  | { kind: 'restart'; quiet: boolean }
  | { kind: 'acknowledge' };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('hear' as const),
      evidence: fc.constantFrom<PresenceEvidence>('birth', 'online', 'lost', 'lost', 'stopped'),
      devices: fc.subarray(DEVICES as string[], { minLength: 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(1, 6, 20, 90, 400) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('restart' as const), quiet: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'acknowledge' as const }) },
);

/** What is open, as people see it. */
const seen = (rig: JudgeRig) =>
  rig.judge
    .snapshot()
    .incidents.filter(({ state }) => state !== 'resolved')
    .map(({ number, state, priority, alerts }) => ({ number, state, priority, alerts }));

/** A restart by itself moves no alert and tells the desk nothing. */
async function restartQuietly(rig: JudgeRig): Promise<void> {
  await rig.feed();
  const before = seen(rig);
  await rig.restart();
  const { tickets, incidents } = (await rig.feed()).writes;
  expect({ tickets, incidents }).toEqual({ tickets: [], incidents: [] });
  expect(seen(rig)).toEqual(before);
}

async function play(rig: JudgeRig, next: Move): Promise<void> {
  if (next.kind === 'hear') await rig.hear(next.evidence, ...(next.devices as typeof DEVICES));
  else if (next.kind === 'pass') await rig.pass(next.seconds);
  else if (next.kind === 'restart') await (next.quiet ? restartQuietly(rig) : rig.restart());
  else {
    const [first] = (await rig.store.loadIncidents()).open;
    if (first) await rig.feed({ kind: 'acknowledge', incident: first.key, by: 'Inès' });
  }
}

describe('judge, whatever happens and whenever it restarts', () => {
  it('numbers each incident once, opens one ticket for it, and shows what the store has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
        const rig = await JudgeRig.open({ inventory: INVENTORY });
        try {
          await rig.birth();
          for (const next of moves) await play(rig, next);
          // What a restart brings about comes with the first judgement after it.
          await rig.feed();

          const numbers = new Map<string, number>();
          const actions = new Map<string, TicketAction[]>();
          for (const { writes } of rig.judgements) {
            for (const { incident } of writes.incidents) {
              expect(numbers.get(incident.key) ?? incident.number).toBe(incident.number);
              numbers.set(incident.key, incident.number);
            }
            for (const { incident, action } of writes.tickets) {
              actions.set(incident, [...(actions.get(incident) ?? []), action]);
            }
          }
          expect([...numbers.values()].sort((a, b) => a - b)).toEqual(Array.from(numbers, (_, i) => i + 1));

          const open = (await rig.store.loadIncidents()).open;
          const stillOpen = new Set(open.map(({ key }) => key));
          for (const [key, done] of actions) {
            expect(done.join(' ')).toMatch(stillOpen.has(key) ? /^open( update)*$/ : /^open( update)* resolve$/);
          }
          expect(actions.size).toBe(numbers.size);

          const { stores, incidents } = rig.judge.snapshot();
          const live = incidents.filter(({ state }) => state !== 'resolved');
          expect(live.sort((a, b) => a.number - b.number)).toEqual(open);
          for (const { key, incident } of stores) {
            const own = open.filter(({ store }) => store === key);
            const mostUrgent = Math.min(...own.map(({ priority }) => priority));
            expect(incident?.priority).toBe(own.length === 0 ? undefined : mostUrgent);
          }
        } finally {
          await rig.close();
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
