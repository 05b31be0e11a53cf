import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { Birth, StatusMessage } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';

const DEFAULT_INTERVAL_S = 30;

interface Agent {
  boot: string;
  /** When it said the birth we have, by its own clock. */
  bornAt: number;
  intervalS: number;
}

/**
 * Who speaks, and for which run. A will counts for the current boot only: one that comes late, after the agent is back
 * under a new boot, says nothing.
 */
export class Presence {
  readonly #agents = new Map<DeviceKey, Agent>();

  /** What an earlier run of the collector knew. */
  restore(agent: DeviceKey, boot: string, birth: string | undefined): void {
    const said = birth === undefined ? undefined : (JSON.parse(birth) as Birth);
    this.#agents.set(agent, { boot, bornAt: said?.at ?? 0, intervalS: said?.intervalS ?? DEFAULT_INTERVAL_S });
  }

  /**
   * A birth: whether it tells of a run not known before, and evidence of life. One the broker had kept (`retained`) says
   * who the agent is, never that it lives now; and it may be older than what this collector has heard since. A run says
   * birth again when something in it has changed.
   */
  born(agent: DeviceKey, birth: Birth, retained: boolean, now: number): { isNews: boolean; event?: EngineEvent } {
    const known = this.#agents.get(agent);
    const { boot, at: bornAt } = birth;
    if (retained && known && (boot < known.boot || (boot === known.boot && bornAt <= known.bornAt)))
      return { isNews: false };
    this.#agents.set(agent, { boot, bornAt, intervalS: birth.intervalS });
    if (retained) return { isNews: true };
    const { intervalS } = birth;
    return { isNews: true, event: { kind: 'presence', device: agent, at: now, evidence: 'birth', intervalS } };
  }

  /**
   * A status, as evidence; undefined when it belongs to another run of its agent than the current one, or was kept by the
   * broker and says "online": so it was, once.
   */
  said(
    device: DeviceKey,
    agent: DeviceKey,
    status: StatusMessage,
    retained: boolean,
    now: number,
  ): EngineEvent | undefined {
    const known = this.#agents.get(agent);
    if (!known || known.boot !== status.boot || (retained && status.online)) return undefined;
    const evidence = status.online ? 'online' : (status.reason ?? 'lost');
    // One that a gateway carries keeps its own pace; one that is merely watched has the one its watcher says, or its own.
    const intervalS = this.#agents.get(device)?.intervalS ?? status.intervalS ?? known.intervalS;
    const seen = device === agent ? undefined : status.evidence;
    return { kind: 'presence', device, at: now, evidence, ...(seen && { seen }), intervalS };
  }

  /** Whether what bears this boot comes from a run of the agent before the current one: boots sort by time of start. */
  isOfEarlierRun(agent: DeviceKey, boot: string): boolean {
    const known = this.#agents.get(agent);
    return known !== undefined && boot < known.boot;
  }

  intervalS(agent: DeviceKey): number {
    return this.#agents.get(agent)?.intervalS ?? DEFAULT_INTERVAL_S;
  }
}
