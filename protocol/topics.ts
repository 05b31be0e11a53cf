import { type DeviceKey, NAME_PATTERN } from './names.ts';

/** What is said for a device: what its topics may end in. */
const TOPIC_KINDS = ['birth', 'status', 'report', 'reply'] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];

/** What an agent is told, on topics of its own that a collector alone may publish on. */
export type TellingKind = 'receipt' | 'config' | 'command';

export const TOPIC_ROOT = 'vigie/v1';

/** Retained presence of every collector, as a subscription filter. */
export const COLLECTOR_FILTER = `${TOPIC_ROOT}/collector/+`;

export interface DeviceTopic {
  chain: string;
  store: string;
  device: string;
  kind: TopicKind;
}

export const deviceTopic = (t: DeviceTopic): string => `${TOPIC_ROOT}/${t.chain}/${t.store}/${t.device}/${t.kind}`;

export const agentTopic = (agent: DeviceKey, kind: TellingKind): string => `${TOPIC_ROOT}/${agent}/${kind}`;

export const collectorTopic = (id: string): string => `${TOPIC_ROOT}/collector/${id}`;

const name = new RegExp(NAME_PATTERN);
const kinds: ReadonlySet<string> = new Set(TOPIC_KINDS);

/** The parts of a device topic, or undefined when the topic is none, such as one that only a collector publishes on. */
export function parseDeviceTopic(topic: string): DeviceTopic | undefined {
  const parts = topic.split('/');
  if (parts.length !== 6) return undefined;
  const [root, version, chain, store, device, kind] = parts as [string, string, string, string, string, string];
  if (`${root}/${version}` !== TOPIC_ROOT || !kinds.has(kind)) return undefined;
  if (!name.test(chain) || !name.test(store) || !name.test(device)) return undefined;
  return { chain, store, device, kind: kind as TopicKind };
}

/**
 * The MQTT client id of an agent. The broker binds it to the topics the agent may publish on, so an agent speaks only
 * for itself and for the devices assigned to it.
 */
export const agentClientId = (chain: string, store: string, device: string): string =>
  `vigie:${chain}/${store}/${device}`;

/** The `chain/store/device` behind an agent's client id, or undefined for any other client. */
export function parseAgentClientId(clientId: string): { chain: string; store: string; device: string } | undefined {
  if (!clientId.startsWith('vigie:')) return undefined;
  const parts = clientId.slice('vigie:'.length).split('/');
  if (parts.length !== 3 || !parts.every((part) => name.test(part))) return undefined;
  const [chain, store, device] = parts as [string, string, string];
  return { chain, store, device };
}
