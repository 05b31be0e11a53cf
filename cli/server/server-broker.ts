import { type EmbeddedBroker, startEmbeddedBroker } from '../../collector/broker/aedes-broker.ts';
import { connectExternalBroker } from '../../collector/broker/external-broker.ts';
import type { Devices } from '../../collector/devices.ts';
import { Receipts } from '../../collector/ingest/receipts.ts';
import type { Broker } from '../../collector/ports.ts';
import { type CollectorPresence, WIRE_VERSION } from '../../protocol/messages.ts';
import { collectorTopic } from '../../protocol/topics.ts';
import type { ServerSettings } from '../settings.ts';
import type { Agents } from './agents.ts';
import { listening } from './start-faults.ts';

export type OpenedBroker = Broker & Partial<Pick<EmbeddedBroker, 'port' | 'agents'>>;

/** The broker agents talk to: this process's own, or the one that is configured. */
export async function openBroker(
  settings: ServerSettings,
  devices: Devices,
  agents: Agents | undefined,
  onProblem: (client: string | undefined, problem: string) => void,
): Promise<OpenedBroker> {
  if (settings.broker) return connectExternalBroker(settings.broker, { now: Date.now, onProblem });
  return listening('MQTT', settings.mqtt, '--mqtt-port', settings, () =>
    startEmbeddedBroker({
      ...settings.mqtt,
      inFlight: settings.limits.inFlight,
      onProblem,
      deviceOf: (key) => devices.device(key),
      ...(agents && { agents: agents.listening }),
    }),
  );
}

/** Agents must be told what is committed where the broker's own acknowledgement does not tell them. */
export function createReceipts(broker: Broker): Receipts | undefined {
  if (!broker.needsReceipts) return undefined;
  return new Receipts({
    publish: (topic, payload) => broker.publish(topic, payload, { qos: 0, retain: false }),
    now: Date.now,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
}

/** Agents keep their reports while no collector says that it is there. */
export function tellPresence(broker: Broker, { collectorId }: ServerSettings, online: boolean): Promise<void> {
  const presence: CollectorPresence = {
    v: WIRE_VERSION,
    online,
    at: Date.now(),
    ...(broker.needsReceipts && { receipts: true }),
  };
  return broker.publish(collectorTopic(collectorId), JSON.stringify(presence), { qos: 1, retain: true });
}
