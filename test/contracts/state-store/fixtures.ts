import type { NewTicketWork, TicketAction } from '../../../alerting/ports.ts';
import type { CommitWrites, PartitionStore, StateStore } from '../../../collector/ports.ts';
import type { Chain } from '../../../protocol/inventory.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import type { ReasonCode } from '../../../protocol/reasons.ts';
import type { IncidentView, TimelineEntry } from '../../../protocol/views.ts';

/** A store that is open, with the ways a suite needs to treat it. */
export interface OpenedStateStore {
  store: StateStore;
  /** The only one there is: every row stands in it. */
  partition: PartitionStore;
  /** Closes it and opens it again on the same data. */
  reopen(): Promise<Pick<OpenedStateStore, 'store' | 'partition'>>;
  destroy(): Promise<void>;
}
export type OpenStateStore = () => Promise<OpenedStateStore>;

/** A commit that changes what is named and nothing else. */
export function writesOf(
  writes: Partial<Omit<CommitWrites, 'judgement'>> & { judgement?: Partial<CommitWrites['judgement']> },
): CommitWrites {
  return {
    cursors: [],
    boots: [],
    log: undefined,
    setAside: [],
    handled: [],
    ...writes,
    judgement: { stores: [], incidents: [], tickets: [], ...writes.judgement },
  };
}

export const STORE: StoreKey = 'brico/lyon-01';

export function incidentView(number: number, changes: Partial<IncidentView> = {}): IncidentView {
  return {
    key: `${STORE}#silence#${number}`,
    number,
    store: STORE,
    storeTitle: 'Lyon Part-Dieu',
    causeTitle: 'Caisse 1',
    region: 'Rhône-Alpes',
    cause: { kind: 'device', target: `${STORE}/till-01`, rule: 'silence', reason: { code: 'presence.lost' } },
    fold: { code: 'fold.alone' },
    state: 'new',
    severity: 'critical',
    impact: 2,
    urgency: 1,
    priority: 2,
    since: 1_000,
    openedAt: 2_000 + number,
    lanesDown: 1,
    lanesTotal: 4,
    alerts: [],
    ticketState: 'none',
    ...changes,
  };
}

export const resolved = (view: IncidentView, resolvedAt: number): IncidentView => ({
  ...view,
  state: 'resolved',
  resolvedAt,
});

export const entry = (at: number, code: ReasonCode): TimelineEntry => ({ at, reason: { code } });

export function ticketWork(
  view: IncidentView,
  action: TicketAction,
  at: number,
  changes: Partial<NewTicketWork> = {},
): NewTicketWork {
  return { incident: view.key, desk: 'desk', action, view, locale: 'fr', at, ...changes };
}

/** Stores an incident with this ticket work queued for it. */
export async function queue(partition: PartitionStore, view: IncidentView, ...work: NewTicketWork[]): Promise<void> {
  await partition.commit(writesOf({ judgement: { incidents: [{ incident: view, entries: [] }], tickets: work } }));
}

export const CHAIN: Chain = {
  name: 'brico',
  title: 'Brico Éclair',
  locale: 'fr',
  simulated: false,
  stores: [
    {
      name: 'lyon-01',
      title: 'Lyon Part-Dieu',
      region: 'Rhône-Alpes',
      timeZone: 'Europe/Paris',
      hours: { mon: ['08:30-12:00', '14:00-19:30'], dates: { '2026-12-25': [] } },
      attributes: { carrier: 'orange', 'pos.version': '4.2' },
      devices: [
        { name: 'till-02', kind: 'till', lane: 2, title: 'Caisse 2' },
        {
          name: 'till-01',
          kind: 'till',
          lane: 1,
          attributes: { model: 'TCx' },
          asset: { serial: 'A-1', warrantyUntil: '2029-12-31' },
        },
        { name: 'router', kind: 'router', gateway: 'till-01' },
      ],
    },
    { name: 'annecy', title: 'Annecy', timeZone: 'Europe/Paris', devices: [] },
  ],
};
