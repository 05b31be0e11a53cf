import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import type { EngineEvent } from '../../alerting/engine/types.ts';
import { createJudge, type LiveJudge } from '../../alerting/judge.ts';
import type { Judgement } from '../../alerting/ports.ts';
import type { Store } from '../../protocol/inventory.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { AT } from './fixtures.ts';
import { makeChain, makeStore, PACK } from './judge-rig.ts';

/** Forty stores dealt out to two judges, eight of them with a small carrier. */
const stores = Array.from({ length: 40 }, (_, at) =>
  makeStore(`${101 + at}`, `Ville ${at + 1}`, {
    attributes: { carrier: at < 8 ? 'Delta' : 'Alpha' },
    devices: [
      { name: 'gw', kind: 'gateway' },
      { name: 'till-1', kind: 'till', lane: 1, gateway: 'gw' },
    ],
  }),
);
const share = (index: number): Store[] => stores.filter((_, at) => at % 2 === index);

/** Two judges that are told of one another, a moment later, as two collectors are. */
class Pair {
  now = AT;
  readonly told: string[] = [];
  /** Stores whose incident was written again though nothing had become of it. */
  readonly rewritten: string[] = [];
  readonly #written = new Map<string, IncidentView>();
  readonly judges: LiveJudge[];

  constructor() {
    this.judges = [0, 1].map((index) =>
      createJudge({
        pack: PACK,
        kept: {
          judgement: [],
          incidents: { open: [], lastNumber: 0 },
          recentlyResolved: [],
          watchedUntil: undefined,
        },
        numbers: { index, of: 2 },
        inventory: [makeChain(share(index))],
        desks: ['support'],
        localeOf: () => 'fr',
        now: () => this.now,
      }),
    );
    for (const store of share(1))
      this.first.defineElsewhere(`demo/${store.name}`, { definition: store, simulated: false });
    this.second.follow([]);
  }

  get first(): LiveJudge {
    return this.judges[0] as LiveJudge;
  }

  get second(): LiveJudge {
    return this.judges[1] as LiveJudge;
  }

  feed(index: number, ...events: EngineEvent[]): void {
    const judgement = (this.judges[index] as LiveJudge).judge([...events, { kind: 'tick' }], this.now);
    for (const { view, action } of judgement.writes.tickets) {
      this.told.push(`${action} ${'chain' in view ? 'major' : view.store.slice(5)}`);
    }
    for (const { incident, entries } of judgement.writes.incidents) {
      const isSame = entries.length === 0 && isDeepStrictEqual(incident, this.#written.get(incident.key));
      if (isSame) this.rewritten.push(incident.store.slice(5));
      this.#written.set(incident.key, incident);
    }
    this.#pass(index, judgement);
  }

  #pass(index: number, { incidents, majors = [] }: Judgement): void {
    if (index === 0 && majors.length > 0) {
      this.second.follow(majors);
      this.feed(1);
    }
    if (index === 1 && incidents.length > 0) {
      this.first.hear(incidents);
      this.feed(0);
    }
  }

  /** The gateways of these stores say so, wherever they are judged. */
  hear(evidence: 'birth' | 'online' | 'lost', names: readonly string[], device = 'gw'): void {
    for (const name of names) {
      const event = {
        kind: 'presence',
        device: `demo/${name}/${device}`,
        at: this.now,
        evidence,
        intervalS: 3_600,
      } as const;
      this.feed((Number(name) - 101) % 2, event);
    }
  }

  pass(seconds: number): void {
    for (const end = this.now + seconds * 1000; this.now < end; this.now += 1000) {
      for (const index of [0, 1]) this.feed(index);
    }
  }
}

it('stores of all judges have one major incident, and later ones no ticket, wherever they are judged', () => {
  const pair = new Pair();
  const all = stores.map(({ name }) => name);
  pair.hear('birth', all);
  pair.hear('online', all, 'till-1');
  pair.pass(200);
  pair.told.length = 0;
  pair.hear('lost', ['101', '102', '103', '104']);
  pair.pass(10);
  const [major] = pair.first.snapshot().majors ?? [];
  expect(major).toMatchObject({ cause: { value: 'Delta' }, stores: 4, state: 'new' });
  expect(pair.second.snapshot().majors).toBeUndefined();
  expect(pair.told.filter((work) => work === 'open major')).toHaveLength(1);
  const parents = () => pair.judges.flatMap((judge) => judge.snapshot().incidents.map(({ parent }) => parent?.number));
  expect(parents()).toEqual(Array(4).fill(major?.number));

  pair.told.length = 0;
  pair.hear('lost', ['105', '106', '120']);
  pair.pass(10);
  expect(pair.first.snapshot().majors).toMatchObject([{ stores: 6 }]);
  expect(pair.told.filter((work) => work.startsWith('open'))).toEqual(['open 120']);

  // All are back but one of the second judge's: that one gets its ticket when the major incident ends.
  pair.told.length = 0;
  const back = ['101', '102', '103', '104', '105'];
  pair.hear('birth', back);
  pair.hear('online', back, 'till-1');
  pair.pass(800);
  expect(pair.first.snapshot().majors).toMatchObject([{ state: 'resolved', storesOpen: 1 }]);
  expect(pair.told.filter((work) => work.startsWith('open'))).toEqual(['open 106']);
  expect(pair.second.snapshot().incidents.find(({ store }) => store === 'demo/106')?.parent).toBeUndefined();
  expect(pair.rewritten).toEqual([]);
});
