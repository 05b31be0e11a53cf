import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import { knownFrom } from './evidence.ts';
import type { Named, Seen, SeenIncident, SeenMajor, Sight } from './observe.ts';
import type { CauseName, TrueFault, Truth } from './truth.ts';

/*
 * What was told, against what was so. An incident is right when it is the first of its store that touches a fault while that
 * lasts; a second one for the same fault, one for a fault nobody should be called for, and one for nothing are all false.
 */

/** Of an incident with its fault: the store’s clocks are not the truth’s to the millisecond. */
const SLACK_MS = 2_000;
/** So long after its end a fault may still be told: what comes back tells what was. */
const AFTER_MS = 90_000;
/** A cause is told when somebody reads the ticket, and may have been corrected until then; so may that of a fault that still spreads. */
const READ_MS = 120_000;

export interface Match {
  fault: TrueFault;
  /** The first that told it. */
  incident: SeenIncident | undefined;
  /** Told again: false ones. */
  again: SeenIncident[];
  /** Whether its cause was right at once, and when the ticket is read. */
  isRightAtFirst: boolean;
  isRight: boolean;
  /** Milliseconds from when it is anybody's business to the first sight of it on the wall, and to the incident. */
  sightMs: number | undefined;
  incidentMs: number | undefined;
}

export interface Score {
  matches: Match[];
  /** Incidents with no fault at all, or before or after it was anybody's business. */
  groundless: SeenIncident[];
  recall: number;
  precision: number;
  rightCause: number;
  rightAtFirst: number;
  told: number;
  toldOf: number;
  rightIncidents: number;
  falseIncidents: number;
  duplicates: number;
  /** Faults and noise that should be silent and were not. */
  notSilent: number;
  shown: number;
  shownOf: number;
  leftOut: number;
}

export function score({ faults }: Pick<Truth, 'faults'>, seen: Pick<Seen, 'incidents' | 'sights'>): Score {
  const byStore = Map.groupBy(faults, ({ store }) => store);
  const of = new Map<TrueFault, SeenIncident[]>(faults.map((fault) => [fault, []]));
  const groundless: SeenIncident[] = [];
  for (const incident of seen.incidents.toSorted((a, b) => a.openedAt - b.openedAt)) {
    const fault = faultOf(incident, byStore.get(incident.store) ?? []);
    if (fault) of.get(fault)?.push(incident);
    else groundless.push(incident);
  }
  const matches = faults.map((fault) => matchOf(fault, of.get(fault) ?? [], seen.sights.get(fault.store) ?? []));
  const wanted = matches.filter(({ fault }) => fault.expected === 'told');
  const hits = wanted.filter(({ incident }) => incident !== undefined);
  const silent = matches.filter(({ fault }) => fault.expected === 'silent' || fault.expected === 'shown');
  const notSilent = silent.reduce((sum, { incident, again }) => sum + (incident ? 1 : 0) + again.length, 0);
  const duplicates = matches
    .filter(({ fault }) => fault.expected === 'told' || fault.expected === 'either')
    .reduce((sum, { again }) => sum + again.length, 0);
  const falseIncidents = groundless.length + duplicates + notSilent;
  const shown = matches.filter(({ fault }) => fault.expected === 'shown');
  const isShown = shown.filter(({ sightMs }) => sightMs !== undefined).length;
  return {
    matches,
    groundless,
    recall: share(hits.length, wanted.length),
    precision: share(hits.length, hits.length + falseIncidents),
    rightCause: share(hits.filter(({ isRight }) => isRight).length, hits.length),
    rightAtFirst: share(hits.filter(({ isRightAtFirst }) => isRightAtFirst).length, hits.length),
    told: hits.length,
    toldOf: wanted.length,
    rightIncidents: hits.length,
    falseIncidents,
    duplicates,
    notSilent,
    shown: isShown,
    shownOf: shown.length,
    leftOut: matches.filter(({ fault }) => fault.expected === 'either').length,
  };
}

/** Nothing to be counted is no merit. */
const share = (part: number, of: number): number => (of === 0 ? 0 : part / of);

/** The fault an incident tells of: one that it touches and that lasts, rather one whose cause it names, rather the latest. */
function faultOf(incident: SeenIncident, faults: readonly TrueFault[]): TrueFault | undefined {
  const { openedAt } = incident;
  const candidates = faults.filter(
    (fault) =>
      openedAt >= (fault.mayTellFrom ?? fault.tellFrom) - SLACK_MS &&
      openedAt <= fault.until + AFTER_MS &&
      touches(fault, incident),
  );
  const rank = (fault: TrueFault) =>
    (incident.named.some((named) => isRightCause(fault, named)) ? 2 : 0) +
    (incident.named.some(({ target }) => target === fault.target) ? 1 : 0);
  return candidates.sort((a, b) => rank(b) - rank(a) || b.from - a.from)[0];
}

function touches(fault: TrueFault, { named }: SeenIncident): boolean {
  if (fault.touches === 'store') return true;
  const touched: readonly string[] = fault.touches;
  return named.some(({ target }) => target === fault.target || target === fault.store || touched.includes(target));
}

function matchOf(fault: TrueFault, incidents: readonly SeenIncident[], sights: readonly Sight[]): Match {
  const [incident, ...again] = incidents;
  const first = incident?.named[0];
  const reachedAt = fault.from + (fault.unfoldsMs ?? 0);
  const read = incident?.named.findLast(({ at }) => at <= Math.max(incident.openedAt, reachedAt) + READ_MS);
  const sightAt = firstSight(fault, sights, incident?.openedAt);
  return {
    fault,
    incident,
    again,
    isRightAtFirst: first !== undefined && isRightCause(fault, first),
    isRight: read !== undefined && isRightCause(fault, read),
    sightMs: sightAt === undefined ? undefined : Math.max(0, sightAt - fault.tellFrom),
    incidentMs: incident && Math.max(0, incident.openedAt - fault.tellFrom),
  };
}

const UNWELL: ReadonlySet<string> = new Set(['down', 'degraded', 'blind']);

/** When somebody before the wall could first see that something is wrong with what the fault touches. */
function firstSight(fault: TrueFault, sights: readonly Sight[], openedAt: number | undefined): number | undefined {
  const touched: readonly (DeviceKey | StoreKey)[] | undefined = fault.touches === 'store' ? undefined : fault.touches;
  const isWanted = (state: string) => (fault.expected === 'shown' ? state === 'selling-offline' : UNWELL.has(state));
  const sight = sights.find(
    ({ at, what, state }) =>
      at >= fault.tellFrom &&
      at < fault.until &&
      isWanted(state) &&
      (what === fault.store
        ? touched === undefined || fault.expected === 'shown'
        : !touched || touched.includes(what as DeviceKey)),
  );
  // What was shown as unwell before for another reason is seen when it is told.
  if (sight === undefined) return openedAt;
  return openedAt === undefined ? sight.at : Math.min(sight.at, openedAt);
}

const ABOUT: Partial<Record<CauseName, readonly string[]>> = {
  'backup-link': ['wan_path'],
  program: ['process:'],
  payment: ['payment_terminal'],
  paper: ['receipt_printer'],
  disk: ['disk'],
  certificate: ['x509_cert'],
  cpu: ['cpu'],
  memory: ['mem'],
};
const CODES: Partial<Record<CauseName, readonly string[]>> = {
  power: ['store.power-cut'],
  'way-out': ['store.cut-off', 'store.wan-cut'],
  'software-died': ['presence.agent-died'],
  'device-gone': [
    'presence.lost',
    'presence.silent',
    'presence.unreachable',
    'presence.off-lan',
    'presence.no-return',
    'presence.flapping',
    'fold.behind',
  ],
};

/** Whether an incident names the fault's cause: what is at fault, and what is wrong with it. */
export function isRightCause(fault: Pick<TrueFault, 'cause' | 'target'>, { target, code, about }: Named): boolean {
  // A UPS on its battery says that the mains are gone, also where nothing has fallen yet.
  if (fault.cause === 'power' && about.length > 0 && about.every((each) => each.startsWith('upsd'))) return true;
  if (target !== fault.target) return false;
  const codes = CODES[fault.cause];
  if (codes) return codes.includes(code);
  const wanted = ABOUT[fault.cause] ?? [];
  return about.length > 0 && about.every((each) => wanted.some((prefix) => each.startsWith(prefix)));
}

/** Stores that must show it before anybody can speak of a common cause. */
const COMMON_FROM = 3;
/** What strikes the middle one of its stores so long after the first comes store by store: the third says little yet. */
const TOGETHER_MS = 300_000;

export interface CommonCause {
  group: string;
  /** It strikes one store after the other, not all within a minute or so. */
  creeps: boolean;
  stores: number;
  /** Single incidents it made. */
  incidents: number;
  /** Milliseconds from the first sight of the third store to the major incident that names what they share; undefined: never. */
  namedMs: number | undefined;
  /** When the evidence for it first sufficed, ms since 1970, of what creeps; undefined: never, nobody could have known. */
  knownFrom?: number | undefined;
  /** Milliseconds from then on to its name; undefined: never. */
  sinceKnownMs?: number | undefined;
}

/** By which names rules know an attribute that agents tell as well. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  posVersion: ['observed.software.pos'],
  'software.pos': ['deployed.software.pos', 'observed.software.pos'],
};

function names(major: SeenMajor, attribute: TrueFault['attribute']): boolean {
  if (!attribute || major.value !== attribute.value) return false;
  const { name } = attribute;
  return [`store.${name}`, `device.${name}`, ...(ALSO[name] ?? [])].includes(major.attribute);
}

/** Major incidents that named something which is no common cause of that time, and what they named. */
export function falseMajors({ faults }: Pick<Truth, 'faults'>, majors: readonly SeenMajor[]): SeenMajor[] {
  const common = faults.filter(({ group }) => group !== undefined);
  return majors.filter(
    (major) =>
      !common.some(
        ({ attribute, from, until }) => names(major, attribute) && major.at >= from && major.at <= until + AFTER_MS,
      ),
  );
}

/** What became of each common cause. A major incident counts while the cause lasts, by what it names. */
export function commonCauses(
  matches: readonly Match[],
  majors: readonly SeenMajor[],
  truth: Pick<Truth, 'shared' | 'stores' | 'values'>,
): CommonCause[] {
  const groups = Map.groupBy(
    matches.filter(({ fault }) => fault.group !== undefined),
    ({ fault }) => fault.group as string,
  );
  return [...groups].map(([group, members]) => {
    const seenAt = members
      .flatMap(({ fault, sightMs }) => (sightMs === undefined ? [] : [fault.tellFrom + sightMs]))
      .sort((a, b) => a - b);
    const third = seenAt[COMMON_FROM - 1];
    const { attribute } = (members[0] as Match).fault;
    const until = Math.max(...members.map(({ fault }) => fault.until));
    const namedAt = majors.find(
      (major) => names(major, attribute) && major.at >= (seenAt[0] ?? until) && major.at <= until,
    )?.at;
    const begun = members.map(({ fault }) => fault.from).sort((a, b) => a - b);
    const creeps = (begun[begun.length >> 1] ?? 0) - (begun[0] ?? 0) > TOGETHER_MS;
    const shared = creeps ? truth.shared.find((each) => each.group === group) : undefined;
    const known = shared && knownFrom(shared, matches, truth);
    return {
      group,
      creeps,
      stores: members.length,
      incidents: members.reduce((sum, { incident, again }) => sum + (incident ? 1 : 0) + again.length, 0),
      namedMs: namedAt === undefined || third === undefined ? undefined : Math.max(0, namedAt - third),
      ...(known !== undefined && {
        knownFrom: known,
        sinceKnownMs: namedAt === undefined ? undefined : Math.max(0, namedAt - known),
      }),
    };
  });
}
