import { type DeviceKey, NAME_PATTERN } from './names.ts';

/** What is said for a device: what its topics may end in. */
const TOPIC_KINDS = ['birth', 'status', 'report', 'reply', 'facts'] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];

/** What an agent is told, on topics of its own that a collector alone may publish on. */
export const TELLING_KINDS = ['receipt', 'config', 'command', 'release'] as const;
export type TellingKind = (typeof TELLING_KINDS)[number];

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

const tellings: ReadonlySet<string> = new Set(TELLING_KINDS);

/** The agent that is told on a topic, or undefined when nobody is. */
export function parseTellingTopic(topic: string): DeviceKey | undefined {
  const [root, version, chain = '', store = '', device = '', kind = '', ...more] = topic.split('/');
  if (`${root}/${version}` !== TOPIC_ROOT || more.length > 0 || !tellings.has(kind)) return undefined;
  return [chain, store, device].every((part) => name.test(part)) ? `${chain}/${store}/${device}` : undefined;
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
