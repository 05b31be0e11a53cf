import { isDeepStrictEqual } from 'node:util';
import type { Chain, Locale, Store } from '../protocol/inventory.ts';
import type { MaintenanceWindow } from '../protocol/maintenance.ts';
import type { MajorView } from '../protocol/majors.ts';
import { type DeviceKey, type StoreKey, storeKey, storeOf } from '../protocol/names.ts';
import type { Incident, IncidentView, StoreTile } from '../protocol/views.ts';
import { isOver } from '../protocol/weights.ts';
import type { Followable } from './desks/follow-ticket.ts';
import { type EffectGroup, emptyGroup, gatherEffects, type IncidentChange } from './effect-group.ts';
import { DEFAULT_CORRELATION } from './engine/correlate/correlation.ts';
import type { MajorChange } from './engine/correlate/correlator.ts';
import {
  devicesOf,
  emptyState,
  followedChecks,
  intervalOf,
  keepKnown,
  lanesOf,
  loadStore,
  nextDue,
  presencesOf,
  saveStore,
  step,
  stepAll,
  storeKeys,
  tileOf,
} from './engine/engine.ts';
import { createRouting } from './engine/routing/routing.ts';
import type { ToldTree } from './engine/tree.ts';
import type { EngineEvent, RulePack } from './engine/types.ts';
import { handle, handleMajor } from './handling.ts';
import { Historian } from './history/historian.ts';
import { JudgedLog } from './history/judged-log.ts';
import { type KnownStore, viewIncident } from './incident-view.ts';
import { LastReadingsBook } from './last-readings.ts';
import { MajorBook } from './major-book.ts';
import type { Judge, Judgement, NewTicketWork, TicketSubject } from './ports.ts';
import type { StoreLook } from './store-look.ts';
import type { TicketChange } from './ticket-change.ts';
import { type AskedTicket, planForDesks, type Told, visible } from './tickets/ticket-plan.ts';

export interface JudgeOptions {
  pack: RulePack;
  /** What the store kept of this partition. */
  kept: KeptJudgement;
  inventory: readonly Chain[];
  /** What agents told of their devices, as far as rules may ask for it. */
  observed?: Iterable<readonly [DeviceKey, Readonly<Record<string, string>>]>;
  /** The same of one device, as it is now: what stores that fail together may have in common. */
  observedOf?: (device: DeviceKey) => Readonly<Record<string, string>> | undefined;
  /** Since when a device tells it, ms since 1970, of what came to it within the last day. */
  deployedOf?: (device: DeviceKey) => Readonly<Record<string, number>> | undefined;
  /** A chain as the inventory has it now; left out: as it was. */
  chainNamed?: (name: string) => Pick<Chain, 'title' | 'simulated'> | undefined;
  /** Maintenance windows and changes, as they are known now. */
  maintenance?: readonly MaintenanceWindow[];
  /** What the devices of stores tell of one another. */
  topologies?: Iterable<readonly [StoreKey, ToldTree]>;
  /** Judges of several partitions share the incident numbers: this one gives those that leave `index` over when divided by `of`. */
  numbers?: { index: number; of: number };
  /** Names of the service desks: they get every ticket, where the rules' routes do not say otherwise. */
  desks: readonly string[];
  /** Those of them that can be sent a digest; left out: none. */
  takeDigests?: readonly string[];
  /** Who is on call by a calendar at a time, ms since 1970; left out: nobody knows. */
  onCall?: (calendar: string, at: number) => string | undefined;
  /** The language of a store's tickets. */
  localeOf: (store: StoreKey) => Locale;
  /** Milliseconds since 1970: for the restart, and for whoever looks. Judging is told the time with its events. */
  now: () => number;
}

export interface KeptJudgement {
  judgement: Iterable<{ store: StoreKey; state: string }>;
  incidents: { open: readonly IncidentView[]; majors?: readonly MajorView[]; lastNumber: number };
  /** Incidents resolved in the last hour, for the snapshot after a restart. */
  recentlyResolved: readonly IncidentView[];
  /** Until when the partition was watched before; undefined when it never was. */
  watchedUntil: number | undefined;
}

/**
 * The judge, and what it knows by heart for those who look. The judge of the first partition finds the major incidents of
 * all; what it hears, or another judge is told of them, counts at the next turn.
 */
export interface LiveJudge extends Judge, StoreLook {
  /** A store that another judge has, as it is from now on; undefined takes it away. */
  defineElsewhere(store: StoreKey, known: KnownStore | undefined): void;
  /** Devices of the store, whoever judges it, tell something else of themselves. */
  observe(store: StoreKey): void;
  /** Incidents of other judges, as they are now. */
  hear(incidents: readonly IncidentView[]): void;
  /** Major incidents that the judge of the first partition found, as they are now. */
  follow(majors: readonly MajorView[]): void;
  tile(key: StoreKey): StoreTile | undefined;
  /** The incident, single or major, by key, while it is open: what is followed of it. */
  openIncident(key: string): Followable | undefined;
  /** Those that are open and that the desk was told of. */
  openAt(desk: string): Followable[];
  /** Somebody else has given this incident number: the next one given here is higher. */
  numberGiven(number: number): void;
  /**
   * Takes in what a desk did, already stored. Returns the incident to show, its store's `tile` having changed with it;
   * undefined for an incident that is no longer shown.
   */
  ticketChanged(
    incidentKey: string,
    change: Pick<TicketChange, 'ticket' | 'replaces' | 'ticketState'>,
  ): IncidentView | undefined;
  /** The same of a major incident. */
  majorTicketChanged(
    key: string,
    change: Pick<TicketChange, 'ticket' | 'replaces' | 'ticketState'>,
  ): MajorView | undefined;
}

interface Known {
  view: IncidentView;
  told: Told;
}

const RECENT_MS = 3_600_000;

/**
 * The judge around the pure engine: remembers, numbers, and makes of the engine's effects what has to be written and
 * shown. Starts from what the store kept; the first judgement carries what the restart itself brought about.
 *
 * @throws Error naming the store whose kept judgement can't be read.
 */
export function createJudge(options: JudgeOptions): LiveJudge {
  const { desks, takeDigests = [], localeOf, onCall = () => undefined, now: clock } = options;
  const definitions = new Map<StoreKey, KnownStore>();
  const open = new Map<string, Known>();
  const recent = new Map<string, IncidentView>();
  const shown = new Map<StoreKey, StoreTile>();
  let state = emptyState(options.pack);
  const { index, of } = options.numbers ?? { index: 0, of: 1 };
  let lastNumber = 0;
  let held = emptyGroup();
  const startedAt = clock();
  const history = new Historian(options.kept.watchedUntil, startedAt);
  const judged = new JudgedLog();
  let judgedAt = options.kept.watchedUntil ?? startedAt;
  const { chainNamed = (name) => options.inventory.find((chain) => chain.name === name) } = options;
  let { correlation = DEFAULT_CORRELATION } = options.pack;
  const kept = options.kept.incidents.majors ?? [];
  const book = new MajorBook({ settings: correlation, correlates: index === 0, majors: kept });
  /** Incidents whose tickets are withheld no more: beneath a major one, or in quiet hours. */
  const released = new Set<string>();
  /** Until when the tickets of these incidents wait, ms since 1970. */
  const quiet = new Map<string, number>();
  let route = routeBy(options.pack);
  const lastReadings = new LastReadingsBook();
  /** What the tickets of major incidents told last. */
  const majorsTold = new Map(kept.map((view) => [view.key, toldOf(view)]));

  restore();

  function restore(): void {
    const absorb = (event: EngineEvent) => {
      const result = step(state, event, startedAt);
      state = result.state;
      return result.effects;
    };
    for (const [device, attributes] of options.observed ?? []) absorb({ kind: 'observed', device, attributes });
    if (options.maintenance) absorb({ kind: 'maintenance', windows: options.maintenance });
    book.plan(options.maintenance ?? []);
    for (const chain of options.inventory) {
      for (const definition of chain.stores) {
        const event = inventoryEvent(chain, definition);
        remember(event);
        absorb(event);
      }
    }
    for (const [store, parents] of options.topologies ?? []) absorb({ kind: 'topology', store, parents });
    const { kept } = options;
    for (const row of kept.judgement) restoreStore(row.store, row.state);
    lastNumber = kept.incidents.lastNumber;
    for (const view of kept.incidents.open) {
      if (view.quietUntil !== undefined) quiet.set(view.key, view.quietUntil);
      open.set(view.key, { view, told: toldOf(view) });
    }
    book.load(kept.incidents.open);
    if (correlation.childTickets === 'each') release();
    for (const view of kept.recentlyResolved) recent.set(view.key, view);
    keepKnown(state, (key) => recent.has(key));
    gatherEffects(held, absorb({ kind: 'started' }));
    judged.started(storeKeys(state), followedChecks(state), judgedAt, startedAt);
    for (const key of storeKeys(state)) {
      const tile = makeTile(key, startedAt);
      if (!tile) continue;
      shown.set(key, tile);
      history.begin(tile, lanesOf(state, key), startedAt);
    }
  }

  function restoreStore(store: StoreKey, saved: string): void {
    try {
      loadStore(state, store, saved);
    } catch (cause) {
      throw new Error(`the judgement kept for store ${store} cannot be read`, { cause });
    }
  }

  function remember(event: Extract<EngineEvent, { kind: 'inventory' }>): void {
    const { store, definition, simulated } = event;
    for (const { name } of definitions.get(store)?.definition.devices ?? [])
      if (!definition?.devices.some((device) => device.name === name)) {
        judged.forget(`${store}/${name}`);
        lastReadings.forget(`${store}/${name}`);
      }
    if (definition) definitions.set(store, { definition, simulated });
    else definitions.delete(store);
    book.define(store, definition && described(store, definition));
    history.forget(store);
  }

  function described(store: StoreKey, definition: Store) {
    return {
      definition,
      observed: (name: string) => options.observedOf?.(`${store}/${name}`),
      deployed: (name: string) => options.deployedOf?.(`${store}/${name}`),
    };
  }

  function nextNumber(): number {
    const next = lastNumber + 1;
    lastNumber = next + ((((index - next) % of) + of) % of);
    return lastNumber;
  }

  function judge(events: readonly EngineEvent[], now: number): Judgement {
    const group = held;
    held = emptyGroup();
    const majors: MajorChange[] = [];
    for (const [key, until] of quiet) if (until <= now) released.add(key);
    for (const event of events) {
      note(event);
      writeDown(event, now);
      const said = hearPerson(event, now);
      if (said) majors.push(said);
    }
    const result = stepAll(state, events, now);
    state = result.state;
    for (const event of events) if (event.kind === 'report' && event.late && !event.isHearsay) prove(event, now);
    gatherEffects(group, result.effects);
    const judgement = tell(group, majors, now);
    const past = history.take(now);
    if (past) judgement.writes.history = past;
    const told = judged.take();
    if (told) judgement.writes.judged = told;
    judgedAt = now;
    return judgement;
  }

  /** What somebody says of a major incident. */
  function hearPerson(event: EngineEvent, now: number): MajorChange | undefined {
    if (event.kind === 'acknowledge') return book.acknowledge(event.incident, event.by, now, event.desk);
    return event.kind === 'comment' ? book.comment(event.incident, { ...event, at: now }) : undefined;
  }

  /** What is known beside the engine follows what it is told. */
  function note(event: EngineEvent): void {
    if (event.kind === 'inventory') remember(event);
    else if (event.kind === 'rules') {
      const { childTickets } = correlation;
      correlation = event.pack.correlation ?? DEFAULT_CORRELATION;
      book.judgeBy(correlation);
      route = routeBy(event.pack);
      for (const key of quiet.keys()) released.add(key);
      if (childTickets === 'withhold' && correlation.childTickets === 'each') release();
    } else if (event.kind === 'observed') book.observe(storeOf(event.device));
    else if (event.kind === 'maintenance') book.plan(event.windows);
    else if (event.kind === 'clock-stepped') book.clockStepped(event.byMs);
  }

  /** How incidents are handled by these rules. */
  function routeBy({ routing = {}, inheritance }: RulePack) {
    return createRouting(routing, inheritance?.groups ?? {}, { desks, takeDigests, onCall });
  }

  /** What was withheld so far, by the rules that held or by those before a restart, gets a ticket of its own. */
  function release(): void {
    if (desks.length === 0) return;
    for (const [key, { view, told }] of open) if (view.parent && told.size === 0) released.add(key);
  }

  function writeDown(event: EngineEvent, now: number): void {
    if (event.kind === 'report') {
      if (!event.late) judged.checked(event, now);
      if (!event.late && !event.isHearsay) lastReadings.note(event.device, event.at, event.points);
    } else if (event.kind === 'presence') judged.present(event, now);
    else if (event.kind === 'started') judged.started(storeKeys(state), followedChecks(state), judgedAt, now);
  }

  function prove({ device, at }: Extract<EngineEvent, { kind: 'report' }>, now: number): void {
    const intervalS = intervalOf(state, device);
    if (intervalS !== undefined) history.prove(device, at, intervalS, now);
  }

  function tell(group: EffectGroup, majors: readonly MajorChange[], now: number): Judgement {
    const judgement: Judgement = {
      writes: { stores: [], incidents: [], tickets: [] },
      stores: [],
      gone: [],
      incidents: [],
    };
    const { writes } = judgement;
    for (const store of group.saves) writes.stores.push({ store, state: saveStore(state, store) });
    const changed = [...group.incidents].map(([key, change]) => changeOf(key, change));
    for (const change of majors) tellMajor(change, judgement, now);
    tellMajors(changed, now, judgement);
    for (const change of changed) tellIncident(change, now, judgement);
    for (const key of new Set([...book.takeMoved(), ...released])) {
      const known = !group.incidents.has(key) && open.get(key)?.view;
      const isMoved = known && book.parentOf(known)?.key !== known.parent?.key;
      if (isMoved || (known && released.has(key)))
        tellIncident(changeOf(key, { incident: known, entries: [], asked: [] }), now, judgement);
    }
    released.clear();
    for (const { store } of judgement.incidents) group.shows.add(store);
    for (const store of group.shows) show(store, now, judgement);
    return judgement;
  }

  /** An incident that changed, with the way to see it as it was on the way. */
  function changeOf(key: string, { incident, entries, asked }: IncidentChange) {
    const isFreed = released.has(key) && !isOver(incident.state);
    const freed = isFreed ? [{ action: 'update', incident } as const] : [];
    const change: IncidentChange = { incident, entries, asked: [...asked, ...freed] };
    const before = open.get(key);
    const past = before?.view ?? recent.get(key);
    const number = past?.number ?? nextNumber();
    const known = definitions.get(incident.store);
    const view = (incident: Incident) => {
      const { mergedInto = '' } = incident;
      const into = (open.get(mergedInto)?.view ?? recent.get(mergedInto))?.number;
      const seen = viewIncident(incident, number, known, past);
      return into === undefined ? seen : { ...seen, into: { key: mergedInto, number: into } };
    };
    return { change, before, past, view, latest: view(incident) };
  }

  function tellIncident(
    { change, before, past, view, latest }: ReturnType<typeof changeOf>,
    now: number,
    judgement: Judgement,
  ) {
    const from = before?.view.parent;
    const parent = book.parentOf(latest) ?? (latest.state === 'closed' ? past?.parent : undefined);
    const asked = change.asked.map(({ incident, ...rest }): AskedTicket & { view: IncidentView } => ({
      ...rest,
      view: under(parent, view(incident)),
    }));
    const standing = under(parent, latest);
    const entries = [...change.entries];
    if (parent?.key !== from?.key) {
      if (from) entries.push({ at: now, reason: { code: 'incident.on-its-own', params: { number: from.number } } });
      if (parent) entries.push({ at: now, reason: { code: 'incident.beneath', params: { number: parent.number } } });
      if (!isOver(latest.state)) asked.push({ action: 'update', view: standing });
    }
    // One call for what is one fault: whoever has the major incident’s ticket is told of its stores there.
    const told = before?.told ?? toldOf(past ?? latest);
    const isTold = told.size > 0;
    const isWithheld = parent !== undefined && !isTold && correlation.childTickets === 'withhold';
    const definition = definitions.get(latest.store)?.definition;
    const handling = route(standing, definition, now);
    const news = { isTold, isNews: !isWithheld && asked.length > 0 };
    const { view: shown, isQuiet } = handle(standing, past, handling, news);
    const telling = asked.map((one) => ({ ...one, view: withReadings(handle(one.view, past, handling, news).view) }));
    const plan = planForDesks(isWithheld || isQuiet ? [] : telling, told, handling.desks);
    noteTickets(shown, plan);
    keep(shown, plan.told);
    judgement.writes.incidents.push({ incident: shown, entries });
    for (const work of plan.work) judgement.writes.tickets.push(addressed(work, shown.store, now));
    judgement.incidents.push(shown);
  }

  /** What the device at fault told last, for those who are told. */
  function withReadings(view: IncidentView): IncidentView {
    const { kind, target } = view.cause;
    const known = kind === 'device' && !isOver(view.state) ? lastReadings.of(target as DeviceKey) : undefined;
    return known ? { ...view, lastReadings: known } : view;
  }

  /** Before the incidents that changed: those that turn out to be beneath a major one need no ticket of their own. */
  function tellMajors(changed: readonly ReturnType<typeof changeOf>[], now: number, judgement: Judgement): void {
    const inMaintenance = (store: StoreKey) => shown.get(store)?.state === 'maintenance';
    const views = changed.map(({ latest }) => latest);
    for (const change of book.take(views, inMaintenance, now)) tellMajor(change, judgement, now);
  }

  function tellMajor({ major, entries, desk, origin }: MajorChange, judgement: Judgement, now: number): void {
    const before = book.get(major.key);
    const chain = chainNamed(major.chain);
    const simulated = chain?.simulated ?? before?.simulated ?? false;
    const unhandled: MajorView = {
      ...major,
      number: before?.number ?? nextNumber(),
      chainTitle: chain?.title ?? before?.chainTitle ?? major.chain,
      ...(simulated && { simulated }),
      ...(before?.ticket !== undefined && { ticket: before.ticket }),
      ticketState: before?.ticketState ?? 'none',
    };
    const handling = route(unhandled, undefined, now);
    const view = handleMajor(unhandled, handling);
    const asked: AskedTicket[] = desk ? [{ action: desk, view, ...(origin !== undefined && { origin }) }] : [];
    const plan = planForDesks(asked, majorsTold.get(major.key) ?? new Map(), handling.desks);
    noteTickets(view, plan);
    if (view.state === 'resolved') majorsTold.delete(view.key);
    else majorsTold.set(view.key, plan.told);
    book.put(view);
    const [first] = view.children;
    judgement.writes.majors = [...(judgement.writes.majors ?? []), { major: view, entries }];
    judgement.majors = [...(judgement.majors ?? []), view];
    for (const work of plan.work) {
      judgement.writes.tickets.push(addressed(work, first?.store ?? `${view.chain}/`, now));
    }
  }

  const addressed = (
    { action, view, desk }: Pick<NewTicketWork, 'action' | 'view' | 'desk'>,
    store: StoreKey,
    at: number,
  ): NewTicketWork => ({ incident: view.key, desk, action, view, locale: localeOf(store), at });

  /** Those that know of it; before they were named in it, all that there were. */
  function toldOf(view: TicketSubject): Told {
    const knowing = view.desks ?? (view.ticketState === 'none' ? [] : desks);
    return new Map(knowing.map((desk) => [desk, visible(view)]));
  }

  function keep(view: IncidentView, told: Told): void {
    if (view.quietUntil === undefined) quiet.delete(view.key);
    else quiet.set(view.key, view.quietUntil);
    if (!isOver(view.state)) {
      recent.delete(view.key);
      open.set(view.key, { view, told });
      return;
    }
    open.delete(view.key);
    recent.set(view.key, view);
  }

  function show(store: StoreKey, now: number, judgement: Judgement): void {
    const tile = makeTile(store, now);
    if (!tile) {
      if (shown.delete(store)) judgement.gone.push(store);
    } else if (!isDeepStrictEqual(tile, shown.get(store))) {
      shown.set(store, tile);
      history.note(tile, lanesOf(state, store), now);
      judgement.stores.push(tile);
    }
  }

  function makeTile(store: StoreKey, now: number): StoreTile | undefined {
    const told = tileOf(state, store, now);
    if (!told) return undefined;
    const incident = told.incidentKey === undefined ? undefined : open.get(told.incidentKey)?.view;
    if (!incident) return told.tile;
    const { number, priority, ticket } = incident;
    return { ...told.tile, incident: { number, priority, ...(ticket !== undefined && { ticket }) } };
  }

  function forgetOld(): void {
    const before = clock() - RECENT_MS;
    // What may open again is known by its number, whatever the clock was set to meanwhile.
    const reopens = state.pack.reopenS !== undefined;
    for (const { key, state, resolvedAt = 0 } of recent.values())
      if (resolvedAt < before && (state === 'closed' || !reopens)) recent.delete(key);
  }

  function snapshot() {
    forgetOld();
    const before = clock() - RECENT_MS;
    const lately = [...recent.values()].filter(({ resolvedAt = 0 }) => resolvedAt >= before);
    const incidents = [...Array.from(open.values(), (known) => known.view), ...lately];
    const majors = index === 0 ? book.recent(clock()) : [];
    return { stores: [...shown.values()], incidents, ...(majors.length > 0 && { majors }) };
  }

  function store(key: StoreKey) {
    const tile = shown.get(key);
    const definition = definitions.get(key)?.definition;
    return tile && definition ? { tile, definition, devices: devicesOf(state, key, clock()) } : undefined;
  }

  function ticketChanged(
    key: string,
    { ticket, replaces, ticketState }: Pick<TicketChange, 'ticket' | 'replaces' | 'ticketState'>,
  ): IncidentView | undefined {
    const known = open.get(key);
    const before = known?.view ?? recent.get(key);
    if (!before) return undefined;
    const name = nameOfTicket(before, ticket, replaces);
    const view: IncidentView = { ...before, ticketState, ...(name !== undefined && { ticket: name }) };
    keep(view, known?.told ?? new Map());
    const tile = shown.has(view.store) && makeTile(view.store, clock());
    if (tile) shown.set(view.store, tile);
    return view;
  }

  /** Its tickets are with the judge that found it. */
  const openMajors = () => (index === 0 ? book.recent(clock()).flatMap(followable) : []);

  return {
    judge,
    nextDue: () =>
      held.saves.size + held.shows.size + held.incidents.size + released.size > 0
        ? 0
        : earlier(earlier(nextDue(state), book.nextDue()), quiet.size > 0 ? Math.min(...quiet.values()) : undefined),
    snapshot,
    tile: (key) => shown.get(key),
    openIncident: (key) => open.get(key)?.view ?? openMajors().find((major) => major.key === key),
    openAt: (desk) =>
      [...Array.from(open.values(), ({ view }) => view), ...openMajors()].filter(({ desks }) => desks?.includes(desk)),
    store,
    devices: ({ store: only }) =>
      (only === undefined ? [...storeKeys(state)] : [only]).flatMap((key) => devicesOf(state, key, clock())),
    device: (key) => devicesOf(state, storeOf(key), clock()).find((view) => view.key === key),
    presences: (key) => presencesOf(state, key),
    numberGiven: (number) => {
      lastNumber = Math.max(lastNumber, number);
    },
    ticketChanged,
    observe: (store) => book.observe(store),
    defineElsewhere: (store, known) => book.define(store, known && described(store, known.definition)),
    hear: (incidents) => book.hear(incidents),
    follow(majors) {
      book.follow(majors);
      const told = new Set(majors.map(({ key }) => key));
      for (const [key, { view }] of open) if (view.parent && told.has(view.parent.key)) book.recheck(key);
    },
    majorTicketChanged(key, { ticket, replaces, ticketState }) {
      const before = book.get(key);
      if (!before) return undefined;
      const name = nameOfTicket(before, ticket, replaces);
      const view: MajorView = { ...before, ticketState, ...(name !== undefined && { ticket: name }) };
      book.put(view);
      return view;
    },
  };
}

/** While stores of it are away the fault lasts. */
function followable({ state, ...major }: MajorView): (Followable & Pick<MajorView, 'desks'>)[] {
  if (state === 'resolved') return [];
  const alerts = major.storesOpen > 0 ? [{ state: 'firing' as const }] : [];
  return [{ ...major, state, alerts, isMajor: true }];
}

/** The first desk’s own number, unless another ticket has taken its place. */
const nameOfTicket = (before: TicketSubject, ticket: string | undefined, replaces: string | undefined) =>
  replaces !== undefined && replaces === before.ticket ? ticket : (before.ticket ?? ticket);

/** What the desks are about to be told shows on the incident. */
function noteTickets(view: TicketSubject, { work, told }: ReturnType<typeof planForDesks>): void {
  if (told.size > 0) view.desks = [...told.keys()];
  if (work.length > 0 && view.ticketState !== 'failed') view.ticketState = 'waiting';
}

/** As it stands beneath a major incident, or beneath none. */
function under(parent: IncidentView['parent'], { parent: _, ...view }: IncidentView): IncidentView {
  return parent ? { ...view, parent } : view;
}

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

const inventoryEvent = (chain: Chain, definition: Store): Extract<EngineEvent, { kind: 'inventory' }> => ({
  kind: 'inventory',
  store: storeKey(chain.name, definition.name),
  simulated: chain.simulated === true,
  definition,
});
