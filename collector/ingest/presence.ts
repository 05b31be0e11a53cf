import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { Birth, StatusMessage } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';

const DEFAULT_INTERVAL_S = 30;

interface Agent {
  boot: string;
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
    const intervalS = birth === undefined ? DEFAULT_INTERVAL_S : (JSON.parse(birth) as Birth).intervalS;
    this.#agents.set(agent, { boot, intervalS });
  }

  /** A birth, as evidence; undefined for one the broker had kept (`retained`) and that tells nothing new. */
  born(agent: DeviceKey, birth: Birth, retained: boolean, now: number): EngineEvent | undefined {
    const known = this.#agents.get(agent);
    // A kept birth may be older than what this collector has heard since.
    if (retained && known && known.boot !== birth.boot) return undefined;
    this.#agents.set(agent, { boot: birth.boot, intervalS: birth.intervalS });
    return { kind: 'presence', device: agent, at: now, evidence: 'birth', intervalS: birth.intervalS };
  }

  /** A status, as evidence; undefined when it belongs to another run of its agent than the current one. */
  said(device: DeviceKey, agent: DeviceKey, status: StatusMessage, now: number): EngineEvent | undefined {
    const known = this.#agents.get(agent);
    if (!known || known.boot !== status.boot) return undefined;
    const evidence = status.online ? 'online' : (status.reason ?? 'lost');
    return { kind: 'presence', device, at: now, evidence, intervalS: known.intervalS };
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
