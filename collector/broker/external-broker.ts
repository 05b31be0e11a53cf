import { type CollectorPresence, WIRE_VERSION } from '../../protocol/messages.ts';
import { collectorTopic } from '../../protocol/topics.ts';
import type { Broker } from '../ports.ts';
import type { ExternalBrokerOptions } from './external-broker-options.ts';
import { KeptConnection } from './kept-connection.ts';
import { PartitionIntake } from './partition-intake.ts';

export interface ExternalBrokerSurroundings {
  /** Milliseconds since 1970. */
  now: () => number;
  /** What keeps a connection, by its client id, from working; it goes on trying. */
  onProblem: (client: string | undefined, problem: string) => void;
  /** A number from 0 to 1 for the pauses between attempts. */
  chance?: () => number;
}

/**
 * Any MQTT 3.1.1 broker, with one connection for what we say and one for each open partition. Returns at once, and keeps
 * trying for as long as the broker is away: `stats().connected` and `onProblem` tell.
 */
export function connectExternalBroker(
  options: ExternalBrokerOptions,
  surroundings: ExternalBrokerSurroundings,
): Broker {
  const { now, onProblem, chance = Math.random } = surroundings;
  const intakes = new Map<number, PartitionIntake>();
  const presenceTopic = collectorTopic(options.id);
  const clientId = `vigie-collector:${options.id}`;
  /** What was last said of our presence: said again on every connection, since the will took it back. */
  let presence: string | undefined;

  const connection = new KeptConnection({
    broker: options,
    clientId,
    identity: () => {
      const gone: CollectorPresence = { v: WIRE_VERSION, online: false, at: now() };
      const will = { topic: presenceTopic, payload: Buffer.from(JSON.stringify(gone)), qos: 1, retain: true } as const;
      return { clientId, clean: true, will };
    },
    chance,
    onProblem,
    onUp: (link) => {
      if (presence === undefined) return;
      // Lost again before it was told: the next connection tells it.
      link.publish(presenceTopic, presence, { qos: 1, retain: true }).catch(() => {});
    },
    onDown: () => {},
    // It subscribes to nothing.
    onMessage: () => {},
    onTooLarge: () => {},
  });

  return {
    needsReceipts: true,
    async open(partition, stores, handler, onListening = () => {}) {
      if (intakes.has(partition.index)) throw new Error(`partition ${partition.index} is open already`);
      const intake = new PartitionIntake({
        broker: options,
        partition,
        stores,
        handler,
        onListening,
        chance,
        onProblem,
      });
      intakes.set(partition.index, intake);
      return {
        setStores: (next) => intake.setStores(next),
        close: async () => {
          await intake.close();
          if (intakes.get(partition.index) === intake) intakes.delete(partition.index);
        },
      };
    },
    async publish(topic, payload, how) {
      const isPresence = topic === presenceTopic && how.retain;
      if (isPresence) presence = payload;
      const { link } = connection;
      if (isPresence) await link?.publish(topic, payload, how).catch(() => {});
      else if (link) await link.publish(topic, payload, how);
      else throw new Error('no connection to the broker');
    },
    stats: () => ({
      clients: undefined,
      connected: connection.link !== undefined && [...intakes.values()].every((intake) => intake.isReceiving),
    }),
    async close() {
      await Promise.all([...intakes.values()].map((intake) => intake.close()));
      intakes.clear();
      await connection.close();
    },
  };
}
