import { describe, expect, it } from 'vitest';
import type { StoreKey } from '../../../protocol/names.ts';
import { chanceOf } from './evidence.ts';
import { figuresOf, quantile } from './figures.ts';
import type { Named, Seen, SeenIncident, SeenMajor, Sight } from './observe.ts';
import { commonCauses, isRightCause, score } from './score.ts';
import { readTruth, type TrueFault, type Truth } from './truth.ts';

const STORE = 'demo/001';
const TILL = 'demo/001/till-01';
const HOUR = 3_600_000;

const fault = (over: Partial<TrueFault> = {}): TrueFault => ({
  id: 'f',
  kind: 'till-killed',
  store: STORE,
  device: TILL,
  from: HOUR,
  until: HOUR + 600_000,
  cause: 'software-died',
  target: TILL,
  touches: [TILL],
  expected: 'told',
  tellFrom: HOUR,
  isHard: true,
  seenBy: 'close',
  ...over,
});

const incident = (openedAt: number, ...named: Partial<Named>[]): SeenIncident => ({
  key: `${openedAt}`,
  store: STORE,
  openedAt,
  named: (named.length > 0 ? named : [{}]).map((each, i) => ({
    at: openedAt + i * 1_000,
    target: TILL,
    code: 'presence.agent-died',
    about: [],
    ...each,
  })),
});

const seen = (incidents: SeenIncident[], sights: Sight[] = []) => ({
  incidents,
  sights: new Map<StoreKey, Sight[]>([[STORE, sights]]),
});

/** A hundred faults an hour apart, and what a judge said of them. */
const month = Array.from({ length: 100 }, (_, i) =>
  fault({ id: `f${i}`, from: i * HOUR, tellFrom: i * HOUR, until: i * HOUR + 600_000 }),
);
const honest = () => month.map(({ from }) => incident(from + 5_000));
const sights = month.map(({ from }): Sight => ({ at: from + 40, what: TILL, state: 'down' }));

function verdicts(incidents: SeenIncident[], shown = sights): string[] {
  const truth: Truth = {
    seed: 1,
    stores: 1,
    days: 5,
    from: 0,
    until: 100 * HOUR,
    faults: month,
    shared: [],
    values: 10,
  };
  const told = seen(incidents, shown);
  const figures = figuresOf(score(truth, told), { incidents, alerts: 100, ticketMessages: 200 } as Seen, truth);
  return figures.filter(({ isMet }) => isMet === false).map(({ what }) => what.split(/[:,]/)[0] as string);
}

describe('the score', () => {
  const noMute = '… that say no word';

  it('is whole for a judge that tells each fault once, at once and rightly', () => {
    const result = score({ faults: month }, seen(honest(), sights));
    expect(result).toMatchObject({ recall: 1, precision: 1, rightCause: 1, rightAtFirst: 1, falseIncidents: 0 });
    expect(verdicts(honest())).toEqual([noMute]);
  });

  it('fails a judge that misses', () => {
    expect(verdicts(honest().slice(2))).toContain('recall');
    expect(verdicts(honest().slice(1))).not.toContain('recall');
    expect(verdicts([])).toEqual(expect.arrayContaining(['recall', 'precision', 'right cause']));
  });

  it('fails a judge that says things twice', () => {
    const doubled = [...honest(), ...month.slice(0, 6).map(({ from }) => incident(from + 60_000))];
    expect(score({ faults: month }, seen(doubled))).toMatchObject({ duplicates: 6, recall: 1 });
    expect(verdicts(doubled)).toContain('precision');
  });

  it('fails a judge that cries for nothing', () => {
    const crying = [...honest(), ...month.slice(0, 6).map(({ until }) => incident(until + HOUR / 2))];
    expect(score({ faults: month }, seen(crying))).toMatchObject({ falseIncidents: 6 });
    expect(verdicts(crying)).toContain('precision');
  });

  it('fails a judge that names wrong causes, and one that names the wrong device', () => {
    for (const wrong of [{ code: 'presence.off-lan' }, { target: STORE } as const]) {
      const lying = month.map(({ from }, i) => (i < 6 ? incident(from + 5_000, wrong) : incident(from + 5_000)));
      expect(score({ faults: month }, seen(lying))).toMatchObject({ recall: 1, precision: 1, rightCause: 0.94 });
      expect(verdicts(lying)).toContain('right cause');
    }
  });

  it('fails a judge that is slow', () => {
    const late = month.map(({ from }): Sight => ({ at: from + 2_500, what: TILL, state: 'down' }));
    expect(verdicts(honest(), late)).toContain('hard faults');
  });

  it('takes a cause that is corrected before the ticket is read, not after', () => {
    const corrected = (afterMs: number) => {
      const told = incident(HOUR + 5_000, { code: 'presence.lost' });
      told.named.push({ at: told.openedAt + afterMs, target: TILL, code: 'presence.agent-died', about: [] });
      return score({ faults: [fault()] }, seen([told]));
    };
    expect(corrected(1_000)).toMatchObject({ rightCause: 1, rightAtFirst: 0 });
    expect(corrected(121_000)).toMatchObject({ rightCause: 0 });
  });

  it('scores silence: what nobody should be called for, and what comes before it is anybody’s business', () => {
    const silent = fault({ expected: 'silent' });
    expect(score({ faults: [silent] }, seen([incident(HOUR + 5_000)]))).toMatchObject({ notSilent: 1, precision: 0 });
    const night = fault({ tellFrom: HOUR + 300_000 });
    expect(score({ faults: [night] }, seen([incident(HOUR + 5_000)]))).toMatchObject({ recall: 0, falseIncidents: 1 });
    const [match] = score({ faults: [night] }, seen([incident(HOUR + 305_000)])).matches;
    expect(match?.incidentMs).toBe(5_000);
    // What the check before the opening may tell is no false call, and late for nobody.
    const checked = fault({ tellFrom: HOUR + 300_000, mayTellFrom: HOUR });
    const atCheck = score({ faults: [checked] }, seen([incident(HOUR + 5_000)]));
    expect(atCheck).toMatchObject({ recall: 1, falseIncidents: 0 });
    expect(atCheck.matches[0]?.incidentMs).toBe(0);
  });

  it('leaves out what may be told or not, and counts it told twice', () => {
    const either = fault({ expected: 'either' });
    expect(score({ faults: [either, ...month.slice(5)] }, seen([]))).toMatchObject({ leftOut: 1, toldOf: 95 });
    const twice = seen([incident(HOUR + 5_000), incident(HOUR + 90_000)]);
    expect(score({ faults: [either] }, twice)).toMatchObject({ duplicates: 1, falseIncidents: 1 });
  });

  it('gives an incident to the fault it names, where two last at a time', () => {
    const paper = fault({ id: 'paper', from: HOUR + 60_000, tellFrom: HOUR + 60_000, cause: 'paper' });
    const about = { code: 'status.critical', about: ['receipt_printer:10.0.0.73:9100'] };
    const result = score(
      { faults: [fault(), paper] },
      seen([incident(HOUR + 70_000), incident(HOUR + 300_000, about)]),
    );
    expect(result.matches.map(({ incident: told, isRight }) => [told?.openedAt, isRight])).toEqual([
      [HOUR + 70_000, true],
      [HOUR + 300_000, true],
    ]);
  });

  it('asks of a state that it shows, and calls nobody', () => {
    const offline = fault({ expected: 'shown', cause: 'sales-wait', target: STORE });
    const shown: Sight = { at: HOUR + 30_000, what: STORE, state: 'selling-offline' };
    expect(score({ faults: [offline] }, seen([], [shown]))).toMatchObject({ shown: 1, shownOf: 1, falseIncidents: 0 });
    expect(score({ faults: [offline] }, seen([], [{ ...shown, state: 'degraded' }]))).toMatchObject({ shown: 0 });
  });
});

it('a cause is right by what is at fault and by what is wrong with it', () => {
  const named = (over: Partial<Named>): Named => ({ at: 0, target: TILL, code: 'status.critical', about: [], ...over });
  const disk = fault({ cause: 'disk' });
  expect(isRightCause(disk, named({ about: ['disk used_percent /'] }))).toBe(true);
  expect(isRightCause(disk, named({ about: [] }))).toBe(false);
  expect(isRightCause(disk, named({ about: ['disk used_percent /', 'cpu usage_active'] }))).toBe(false);
  const power = fault({ cause: 'power', target: STORE });
  expect(isRightCause(power, named({ target: STORE, code: 'store.power-cut' }))).toBe(true);
  expect(isRightCause(power, named({ target: 'demo/001/ups', about: ['upsd'] }))).toBe(true);
  expect(isRightCause(power, named({ target: STORE, code: 'store.cut-off' }))).toBe(false);
});

describe('a common cause', () => {
  const struck = Array.from({ length: 5 }, (_, i) => {
    const store: StoreKey = `demo/00${i}`;
    const over = { store, target: store, touches: 'store', cause: 'way-out', group: 'outage' } as const;
    return fault({
      ...over,
      from: HOUR + i * 1_000,
      tellFrom: HOUR + i * 1_000,
      attribute: { name: 'carrier', value: 'Alizéo' },
    });
  });
  const told = {
    incidents: struck.map(({ store, from }) => ({
      ...incident(from + 10_000, { target: store, code: 'store.cut-off' }),
      store,
    })),
    sights: new Map<StoreKey, Sight[]>(),
  };
  const { matches } = score({ faults: struck }, told);
  /** When the third store shows it. */
  const THIRD = HOUR + 12_000;
  const naming = (at: number, attribute = 'store.carrier', value = 'Alizéo') =>
    commonCauses(matches, [{ key: 'm', at, attribute, value }], { shared: [], stores: 5, values: 10 })[0];
  const verdict = (at?: number) => {
    const truth = { faults: struck, seed: 1, stores: 5, days: 1, from: 0, until: 24 * HOUR, shared: [], values: 10 };
    const majors = at === undefined ? [] : [{ key: 'm', at, attribute: 'store.carrier', value: 'Alizéo' }];
    const figures = figuresOf(score(truth, told), { ...told, majors, alerts: 5, ticketMessages: 5 }, truth);
    return figures.find(({ what }) => what.startsWith('common causes'))?.isMet;
  };

  it('is named by its attribute, counted from the third store that shows it', () => {
    expect(naming(THIRD + 20_000)).toEqual({
      group: 'outage',
      creeps: false,
      stores: 5,
      incidents: 5,
      namedMs: 20_000,
    });
    expect(naming(THIRD + 20_000, 'region', 'Bretagne')?.namedMs).toBeUndefined();
    expect(naming(THIRD + 20_000, 'store.carrier', 'Occilink')?.namedMs).toBeUndefined();
    expect(naming(THIRD + 2 * HOUR)?.namedMs).toBeUndefined();
  });

  it('fails a judge that names it late or never, and is left out where nothing looks for any', () => {
    expect([verdict(THIRD + 59_000), verdict(THIRD + 61_000), verdict()]).toEqual([true, false, false]);
    const truth = { faults: struck, seed: 1, stores: 5, days: 1, from: 0, until: 24 * HOUR, shared: [], values: 10 };
    const figures = figuresOf(score(truth, told), { ...told, alerts: 5, ticketMessages: 5 }, truth);
    expect(figures.filter(({ what }) => what.startsWith('common causes'))).toEqual([]);
  });
});

describe('a common cause that creeps', () => {
  const key = (i: number): StoreKey => `demo/${i}`;
  /** Every second of a hundred stores has it; one of them fails every four minutes, and one that has it not. */
  const struck = Array.from({ length: 20 }, (_, i) => {
    const from = HOUR + i * 240_000;
    const over = { store: key(i), target: key(i), touches: 'store', cause: 'way-out', group: 'defect' } as const;
    return fault({ ...over, from, tellFrom: from, until: 20 * HOUR, attribute: { name: 'posVersion', value: '7.5' } });
  });
  const alone = fault({ kind: 'alike', store: key(99), target: key(99), touches: 'store', until: 20 * HOUR });
  const shared = {
    group: 'defect',
    attribute: { name: 'posVersion', value: '7.5' },
    since: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [key(i), 0])),
    alike: ['alike'],
  };
  const told = {
    incidents: [...struck, alone].map(({ store, from }) => ({
      ...incident(from, { target: store, code: 'store.cut-off' }),
      store,
    })),
    sights: new Map<StoreKey, Sight[]>(),
  };
  const truth = (over = {}): Truth => ({
    ...{ seed: 1, stores: 100, days: 1, from: 0, until: 24 * HOUR, faults: struck, shared: [shared], values: 20 },
    ...over,
  });
  const known = (over = {}) => commonCauses(score(truth(over), told).matches, [], truth(over))[0]?.knownFrom;
  const verdict = (majors: SeenMajor[], what: string, over = {}) =>
    figuresOf(score(truth(over), told), { ...told, majors, alerts: 5, ticketMessages: 5 }, truth(over)).find((figure) =>
      figure.what.includes(what),
    )?.isMet;

  it('can be known from the store with which a coincidence is less likely than one in a thousand', () => {
    // C(50, n) / C(100, n) × 20 values × (n - 2) looks: 0.00102 for 16 stores, 0.0004 for 17.
    const at = known();
    expect(at).toBe(HOUR + 16 * 240_000);
    // Who fails without it is counted; more values that might be it ask for more; and of too few nobody knows.
    expect(known({ faults: [alone, ...struck] })).toBeGreaterThan(at ?? 0);
    expect(known({ values: 400 })).toBeGreaterThan(at ?? 0);
    expect(known({ faults: struck.slice(0, 10) })).toBeUndefined();
  });

  it('fails a judge that names it late, never, or something else', () => {
    const at = known() ?? 0;
    const naming = (when: number, value = '7.5') => [{ key: 'm', at: when, attribute: 'device.posVersion', value }];
    const creeps = (majors: SeenMajor[]) => verdict(majors, 'store by store');
    expect([naming(at + 59_000), naming(at + 61_000), [], naming(at, '7.4')].map(creeps)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(verdict(naming(at, '7.4'), 'name no common cause')).toBe(false);
    expect(verdict([...naming(at, '7.4'), ...naming(at + 60_000)], 'name no common cause')).toBe(true);
  });

  it('is not asked for where nobody could know it', () => {
    expect(verdict([], 'store by store', { faults: struck.slice(0, 10) })).toBeUndefined();
  });
});

it('reckons chances as one counts them by hand', () => {
  expect(chanceOf(3, 3, 5, 10)).toBeCloseTo(10 / 120, 12);
  expect(chanceOf(1, 2, 2, 4)).toBeCloseTo(5 / 6, 12);
  expect(chanceOf(0, 2, 2, 4)).toBeCloseTo(1, 12);
});

it('a truth that says nothing is none', () => {
  expect(() => readTruth('{"faults":[]}')).toThrow('no fault');
  const strange = { ...fault(), cause: 'weather' };
  expect(() => readTruth(JSON.stringify({ faults: [strange] }))).toThrow('does not say what f is');
});

it('a quantile of nothing is none', () => {
  expect(quantile([], 0.5)).toBeUndefined();
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
});
