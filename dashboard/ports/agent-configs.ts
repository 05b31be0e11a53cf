import type { ConfigRefusal } from '../../protocol/agent-config.ts';
import type { DeviceKind } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

/**
 * How a device stands to what it is to run. `none`: nothing is wanted of it. `unheard`: its agent was never heard.
 * `deaf`: its agent does not listen to the centre.
 */
export const CONFIG_STANDINGS = ['none', 'applied', 'behind', 'refused', 'deaf', 'unheard'] as const;
export type ConfigStanding = (typeof CONFIG_STANDINGS)[number];

/** What was wanted for a scope, from one change to the next. */
export interface ConfigVersion {
  /** `chain`, `chain:kind`, `chain/store`, `chain/store:kind` or `chain/store/device`. */
  scope: string;
  version: number;
  settings: Readonly<Record<string, unknown>>;
  at: number;
  by: string;
  comment: string;
}

/** How a device stands to what it is to run. */
export interface DeviceConfig {
  device: DeviceKey;
  title: string;
  kind: DeviceKind;
  standing: ConfigStanding;
  /** The version it is to run, and since when it is wanted; absent where nothing ever was. */
  desired?: { version: number; at: number; publishedAt?: number };
  /** The version it runs; 0: its own file alone. */
  applied?: number;
  refused?: { version?: number; reason: ConfigRefusal; text?: string };
}

/** What a device is to run, and who said it: by key, `vars.name`, `checks.name` or `removeChecks.name`. */
export interface EffectiveConfig extends DeviceConfig {
  settings: Readonly<Record<string, unknown>>;
  from: Readonly<Record<string, { scope: string; version: number }>>;
}

export interface ConfigChange {
  scope: string;
  settings: Readonly<Record<string, unknown>>;
  /** The version the change was made to; 0: there was none. */
  basedOn: number;
  comment: string;
}

/** `taken`: somebody changed the scope meanwhile; `newest` is its version now. */
export type ConfigSaved = { saved: ConfigVersion; devices: number } | { taken: number } | { missing: true };

/** Settings of agents that the centre holds. */
export interface AgentConfigsPort {
  /** Devices by their key, with the number of each standing, of all or of one store. */
  devices(query: {
    standing?: ConfigStanding;
    store?: StoreKey;
    after?: DeviceKey;
    limit: number;
  }): Promise<{ devices: DeviceConfig[]; counts: Record<ConfigStanding, number> }>;
  device(key: DeviceKey): Promise<EffectiveConfig | undefined>;
  /** The newest version of every scope that has one. */
  scopes(): Promise<ConfigVersion[]>;
  /** Newest first. */
  history(scope: string, limit: number): Promise<ConfigVersion[]>;
  /** How many devices a change would change. @throws AgentConfigError */
  weigh(change: Pick<ConfigChange, 'scope' | 'settings'>): Promise<number>;
  /** @throws AgentConfigError when an agent could not take it; nothing is changed then. */
  save(change: ConfigChange, by: string): Promise<ConfigSaved>;
  /** Makes an earlier version the newest again. */
  revert(change: Omit<ConfigChange, 'settings'> & { to: number }, by: string): Promise<ConfigSaved>;
  /** Sends a device its settings under a new number, so that it tries again. False: nothing is wanted of it. */
  retry(key: DeviceKey, by: string): Promise<boolean>;
}

/** Says where settings are wrong: one line per fault. */
export class AgentConfigError extends Error {
  readonly faults: readonly { path: string; message: string }[];
  constructor(faults: readonly { path: string; message: string }[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'AgentConfigError';
    this.faults = faults;
  }
}
