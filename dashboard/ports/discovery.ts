import type { DeviceKind } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { DeviceState } from '../../protocol/views.ts';

/** A machine an agent found in its store that the inventory does not have. */
export interface FoundEntry {
  store: StoreKey;
  storeTitle: string;
  /** Whose agent found it. */
  agent: DeviceKey;
  address: string;
  /** When it was told, milliseconds since 1970. */
  at: number;
  kind: DeviceKind;
  vendor?: string;
  model?: string;
  serial?: string;
  /** What it calls itself. */
  name?: string;
  mac?: string;
  /** Whether the agent tells how to ask it. */
  isAcceptable: boolean;
  /** A name its store does not have yet. */
  proposed: string;
  dismissed?: { who: string; why: string; at: number };
}

/** A device its agent finds no more. */
export interface GoneEntry {
  store: StoreKey;
  storeTitle: string;
  agent: DeviceKey;
  device: DeviceKey;
  title: string;
  kind: DeviceKind;
  state: DeviceState;
  since: number;
}

/**
 * `name-taken`: its store has another device of that name. `no-credential`: its agent does not tell how to ask it.
 * `untold`: it is in the inventory now, and its agent could not be told; it can be accepted again under that name.
 * `own-file`: its agent takes its devices from its own file, which the centre would replace.
 */
export type AcceptOutcome =
  | { device: DeviceKey }
  | { refused: 'no-such' | 'name-taken' | 'no-credential' | 'untold' }
  | { refused: 'own-file'; line: string };

/** What agents found on the networks of their stores. */
export interface DiscoveryPort {
  list(store: StoreKey | undefined): Promise<{ found: FoundEntry[]; gone: GoneEntry[] }>;
  /** Puts it into the inventory and tells its agent to ask it. @throws AgentConfigError */
  accept(
    place: { store: StoreKey; address: string },
    as: { name: string; kind: DeviceKind; title?: string },
    by: string,
  ): Promise<AcceptOutcome>;
  /** Proposes it no more until it is something else. False: no such machine. */
  dismiss(place: { store: StoreKey; address: string }, why: string, by: string): Promise<boolean>;
  /** Proposes it again. False: it was not dismissed. */
  recall(place: { store: StoreKey; address: string }, by: string): Promise<boolean>;
}
