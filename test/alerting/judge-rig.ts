import type { ToldTree } from '../../alerting/engine/tree.ts';
import type { EngineEvent, PresenceEvidence } from '../../alerting/engine/types.ts';
import { createJudge, type LiveJudge } from '../../alerting/judge.ts';
import type { Judgement } from '../../alerting/ports.ts';
import { defaultRulePackPath, readRulePack } from '../../alerting/rules/read-rule-pack.ts';
import type { PartitionStore, StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { Chain, Store } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { AT } from './fixtures.ts';

export const PACK = readRulePack(defaultRulePackPath);

export const makeStore = (name: string, title: string, change: Partial<Store> = {}): Store => ({
  name,
  title,
  region: 'Ouest',
  timeZone: 'Europe/Paris',
  devices: [
    { name: 'srv-1', kind: 'server', title: 'Serveur du magasin' },
    { name: 'till-1', kind: 'till', title: 'Caisse 1', lane: 1 },
    { name: 'till-2', kind: 'till', title: 'Caisse 2', lane: 2 },
    { name: 'till-3', kind: 'till', lane: 3 },
  ],
  ...change,
});

export const makeChain = (stores: Store[], change: Partial<Chain> = {}): Chain => ({
  name: 'demo',
  title: 'Démo',
  stores,
  ...change,
});

export const devicesOf = (inventory: readonly Chain[]): DeviceKey[] =>
  inventory.flatMap(({ name, stores }) =>
    stores.flatMap((store) => store.devices.map((device): DeviceKey => `${name}/${store.name}/${device.name}`)),
  );

export interface RigOptions {
  inventory?: Chain[];
  desks?: string[];
  topologies?: [StoreKey, ToldTree][];
}

/** A judge on a real store, driven as the collector does: judge, commit, and a tick at every due time. */
export class JudgeRig {
  now = AT;
  readonly state: StateStore = openSqliteStateStore(':memory:', { now: () => this.now });
  store!: PartitionStore;
  inventory: Chain[];
  desks: string[];
  topologies: [StoreKey, ToldTree][];
  judge!: LiveJudge;
  /** Desks that can be sent a digest. */
  takeDigests: string[] = [];
  /** The rules from the next start on. */
  pack = PACK;
  /** All that was committed, in order. */
  readonly judgements: Judgement[] = [];

  private constructor({
    inventory = [makeChain([makeStore('001', 'Nantes'), makeStore('002', 'Brest')])],
    desks = ['support'],
    topologies = [],
  }: RigOptions) {
    this.inventory = inventory;
    this.desks = desks;
    this.topologies = topologies;
  }

  static async open(options: RigOptions = {}): Promise<JudgeRig> {
    const rig = new JudgeRig(options);
    rig.store = await rig.state.partition({ index: 0, of: 1 });
    await rig.restart();
    return rig;
  }

  async restart(): Promise<void> {
    this.judge = createJudge({
      pack: this.pack,
      kept: {
        judgement: await this.store.loadJudgement(),
        incidents: await this.store.loadIncidents(),
        watchedUntil: await this.store.watchedUntil(),
        recentlyResolved: await this.state.incidents({
          state: 'resolved',
          since: this.now - 3_600_000,
          limit: 100,
        }),
      },
      inventory: this.inventory,
      topologies: this.topologies,
      desks: this.desks,
      takeDigests: this.takeDigests,
      localeOf: (store) => (store === 'demo/002' ? 'en' : 'fr'),
      now: () => this.now,
    });
  }

  /** As the judge knows it. */
  incident(number: number): IncidentView | undefined {
    return this.judge.snapshot().incidents.find((view) => view.number === number);
  }

  async feed(...events: EngineEvent[]): Promise<Judgement> {
    const judgement = this.judge.judge([...events, { kind: 'tick' }], this.now);
    const { writes } = judgement;
    await this.store.commit({ cursors: [], boots: [], log: undefined, judgement: writes, setAside: [], handled: [] });
    this.judgements.push(judgement);
    return judgement;
  }

  hear(evidence: PresenceEvidence, ...devices: DeviceKey[]): Promise<Judgement> {
    return this.feed(
      ...devices.map((device): EngineEvent => ({ kind: 'presence', device, at: this.now, evidence, intervalS: 3_600 })),
    );
  }

  /** Every device of every store says birth. */
  birth(): Promise<Judgement> {
    return this.hear('birth', ...this.devices());
  }

  devices(): DeviceKey[] {
    return devicesOf(this.inventory);
  }

  change(store: StoreKey, definition: Store | undefined): Promise<Judgement> {
    return this.feed({ kind: 'inventory', store, simulated: false, definition });
  }

  /** Lets time pass, with a tick whenever one is due. */
  async pass(seconds: number): Promise<Judgement[]> {
    const from = this.judgements.length;
    const end = this.now + seconds * 1000;
    for (let due = this.judge.nextDue(); due !== undefined && due <= end; due = this.judge.nextDue()) {
      this.now = Math.max(this.now, due);
      await this.feed();
    }
    this.now = end;
    return this.judgements.slice(from);
  }

  /** Ticket work since the beginning, as `number action desk`. */
  get tickets(): string[] {
    return this.judgements
      .flatMap(({ writes }) => writes.tickets)
      .map(({ view, action, desk }) => `${view.number} ${action} ${desk}`);
  }

  close(): Promise<void> {
    return this.state.close();
  }
}
