import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import { compareVersions } from '../../../protocol/versions.ts';
import type { DeviceState } from '../../../protocol/views.ts';
import type { AgentEntry } from '../../ports.ts';
import type { ConfigRow } from './types.ts';

/** A device with an agent of its own, as far as it is known: enrolled, configured, or both. */
export interface Agent {
  device: DeviceKey;
  store: StoreKey;
  title: string;
  kind?: AgentEntry['kind'];
  state?: DeviceState;
  lastReportAt?: number;
  version?: string;
  config?: ConfigRow;
  certificate?: AgentEntry['certificate'];
}

export const TROUBLES = ['refused', 'behind', 'silent', 'certificate', 'old'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** As the alert about it has it. */
const LIFE_SPENT = 0.85;
/** Till 2 comes before till 10. */
const byName = new Intl.Collator('fr', { numeric: true });
/** One agent per device, of what both lists say. */
export function join(enrolled: readonly AgentEntry[], configs: readonly ConfigRow[]): Agent[] {
  const agents = new Map<DeviceKey, Agent>();
  const storeOf = (device: DeviceKey) => device.slice(0, device.lastIndexOf('/')) as StoreKey;
  for (const config of configs) {
    const { device, title, kind, state, lastReportAt } = config;
    agents.set(device, {
      device,
      store: storeOf(device),
      title,
      kind,
      config,
      ...(state !== undefined && { state: state as DeviceState }),
      ...(lastReportAt !== undefined && { lastReportAt }),
    });
  }
  for (const { agentVersion, state, ...entry } of enrolled) {
    agents.set(entry.device, {
      ...agents.get(entry.device),
      store: storeOf(entry.device),
      ...entry,
      ...(state !== undefined && { state: state as DeviceState }),
      ...(agentVersion !== undefined && { version: agentVersion }),
    });
  }
  return [...agents.values()].sort((a, b) => byName.compare(a.device, b.device));
}

/** The version most agents run; the newer of two that as many do. */
export function usualOf(agents: readonly Agent[]): string | undefined {
  const byVersion = [...Map.groupBy(agents, ({ version }) => version)].flatMap(([version, { length }]) =>
    version === undefined ? [] : [{ version, length }],
  );
  byVersion.sort((a, b) => b.length - a.length || compareVersions(b.version, a.version));
  return byVersion[0]?.version;
}

/** Whether a version is older than the one most agents run. */
export const isOld = (version: string | undefined, usual: string | undefined): boolean =>
  version !== undefined && usual !== undefined && compareVersions(version, usual) < 0;

/** Whether a certificate is spent, or soon will be: its renewal should long have come. */
export const isEnding = ({ issuedAt, validUntil }: AgentEntry['certificate'], now: number): boolean =>
  now > issuedAt + LIFE_SPENT * (validUntil - issuedAt);

/** What is wrong with an agent, the gravest first. */
export function troublesOf(agent: Agent, usual: string | undefined, now: number): Trouble[] {
  const { config, certificate, version, state } = agent;
  const is: Record<Trouble, boolean> = {
    refused: config?.standing === 'refused',
    behind: config?.standing === 'behind',
    silent: state === 'down' || state === 'blind',
    certificate: certificate !== undefined && (certificate.state !== 'good' || isEnding(certificate, now)),
    old: isOld(version, usual),
  };
  return TROUBLES.filter((trouble) => is[trouble]);
}
