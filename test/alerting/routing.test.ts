import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoutingRules } from '../../alerting/engine/routing/rules.ts';
import type { RulePack } from '../../alerting/engine/types.ts';
import type { OpeningHours } from '../../protocol/inventory.ts';
import { JudgeRig, makeChain, makeStore, PACK } from './judge-rig.ts';

/** At first it is 21:05 in Paris, on a Sunday. */
const NIGHT: OpeningHours = { sun: ['21:00-21:20'] };

describe('tickets by route', () => {
  let rig: JudgeRig;
  beforeEach(async () => {
    rig = await JudgeRig.open({ inventory: [makeChain([makeStore('001', 'Nantes')])], desks: ['rt', 'pager'] });
  });
  afterEach(() => rig.close());

  async function judgeBy(routing: RulePack['routing']) {
    rig.pack = { ...PACK, ...(routing && { routing }) };
    await rig.restart();
    await rig.birth();
  }
  const quietly: RoutingRules = {
    routes: [
      { id: 'urgent', when: { priorities: [1] } },
      { id: 'night', when: {}, desks: ['rt'], quiet: NIGHT },
    ],
  };
  /** One till dies. */
  async function lose(name = 'till-1') {
    await rig.hear('lost', `demo/001/${name}`);
    await rig.pass(120);
  }
  const only = () => rig.judge.snapshot().incidents[0];

  it('go where the route says, with team, category and model', async () => {
    const title = { fr: 'Caisse', en: 'Till' };
    await judgeBy({
      models: [{ id: 'till', title, when: { kinds: ['till'] }, category: 'Hardware', steps: { fr: ['a'], en: ['b'] } }],
      routes: [{ id: 'all', when: {}, desks: ['rt'], team: 'Stores' }],
    });
    await lose();
    expect(rig.tickets).toEqual(['1 open rt']);
    expect(only()).toMatchObject({ team: 'Stores', category: 'Hardware', model: { id: 'till' }, desks: ['rt'] });
  });

  it('wait in quiet hours, and are opened at their end where it still stands', async () => {
    await judgeBy(quietly);
    await lose();
    expect(rig.tickets).toEqual([]);
    const until = Date.UTC(2026, 10, 22, 20, 20);
    expect(only()).toMatchObject({ quietUntil: until, ticketState: 'none' });
    await rig.pass((until - rig.now) / 1_000 - 1);
    expect(rig.tickets).toEqual([]);
    await rig.pass(1);
    expect(rig.tickets).toEqual(['1 open rt']);
    expect(only()).not.toHaveProperty('quietUntil');
  });

  it('are none of what is over before the end of quiet hours', async () => {
    await judgeBy(quietly);
    await lose();
    await rig.hear('birth', 'demo/001/till-1');
    await rig.pass(1_200);
    expect(only()?.state).toBe('closed');
    expect(rig.tickets).toEqual([]);
  });

  it('wait through a restart', async () => {
    await judgeBy(quietly);
    await lose();
    await rig.restart();
    await rig.hear('birth', 'demo/001/srv-1', 'demo/001/till-2', 'demo/001/till-3');
    expect(rig.tickets).toEqual([]);
    await rig.pass(1_200);
    expect(rig.tickets.at(0)).toBe('1 open rt');
    expect(rig.tickets.filter((ticket) => ticket.includes('open'))).toHaveLength(1);
  });

  it('do not wait any more once it is graver', async () => {
    await judgeBy({
      routes: [
        { id: 'urgent', when: { kinds: ['store'] } },
        { id: 'night', when: {}, desks: ['rt'], quiet: NIGHT },
      ],
    });
    await lose('till-1');
    expect(rig.tickets).toEqual([]);
    await rig.hear('lost', 'demo/001/srv-1', 'demo/001/till-2', 'demo/001/till-3');
    await rig.pass(60);
    expect(rig.tickets.filter((ticket) => ticket.includes('open')).sort()).toEqual(
      expect.arrayContaining([expect.stringMatching(/open pager/), expect.stringMatching(/open rt/)]),
    );
  });

  it('do not wait any more by rules that know no quiet hours', async () => {
    await judgeBy(quietly);
    await lose();
    await rig.feed({ kind: 'rules', pack: PACK });
    await rig.pass(1);
    expect(rig.tickets.sort()).toEqual(['1 open pager', '1 open rt']);
  });

  it('of what is told already are told in quiet hours too', async () => {
    await judgeBy({ routes: [{ id: 'night', when: {}, desks: ['rt'], quiet: { sun: ['21:10-23:00'] } }] });
    await lose();
    await rig.pass(600);
    await rig.feed({ kind: 'acknowledge', incident: only()?.key as string, by: 'Inès' });
    expect(rig.tickets.at(0)).toBe('1 open rt');
    expect(rig.judgements.at(-1)?.writes.tickets).toMatchObject([{ action: 'update', desk: 'rt' }]);
  });

  describe('in a digest', () => {
    const digest: RoutingRules = { routes: [{ id: 'low', when: {}, digest: { desks: ['pager'], at: '08:00' } }] };

    it('are none: the incident says in whose it stands, also once it is over and after a restart', async () => {
      rig.takeDigests = ['pager'];
      await judgeBy(digest);
      await lose();
      const told = { desks: ['pager'], at: Date.UTC(2026, 10, 23, 7) };
      expect(only()).toMatchObject({ digest: told, ticketState: 'none' });
      await rig.hear('birth', 'demo/001/till-1');
      await rig.pass(600);
      await rig.restart();
      expect(rig.tickets).toEqual([]);
      expect(await rig.state.incidents({ limit: 5 })).toMatchObject([{ number: 1, digest: told }]);
    });

    it('are told each by itself to desks that take none', async () => {
      await judgeBy(digest);
      await lose();
      expect(rig.tickets).toEqual(['1 open pager']);
      expect(only()).not.toHaveProperty('digest');
    });
  });
});
