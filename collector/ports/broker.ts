import type { StoreKey } from '../../protocol/names.ts';
import type { Partition } from './partition.ts';

/** The MQTT broker, embedded or external. */
export interface Broker {
  /**
   * True when the broker itself acknowledges a message before we have committed it: then agents keep a report until a
   * receipt names it, because a broker that is killed forgets what it had acknowledged.
   */
  readonly needsReceipts: boolean;
  /**
   * Receives what is published for the stores of a partition. A message is acknowledged to the broker's side when its `done`
   * is called and not before; what was not is given again to whoever opens the partition next. One that was not accepted
   * is acknowledged too, so that it is not sent for ever, but handed to no one.
   * `onListening` is told whether messages can come in; until its first word, they can.
   */
  open(
    partition: Partition,
    stores: readonly StoreKey[],
    handler: MessageHandler,
    onListening?: (isListening: boolean) => void,
  ): Promise<Intake>;
  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void>;
  stats(): BrokerStats;
  close(): Promise<void>;
}

export type MessageHandler = (message: InboundMessage, done: (accepted: boolean) => void) => void;

/** A partition's stream of messages. */
export interface Intake {
  /** The inventory changed: from now on these stores. */
  setStores(stores: readonly StoreKey[]): Promise<void>;
  /** Takes nothing more; what is not done goes to the next. */
  close(): Promise<void>;
}

export interface BrokerStats {
  /** MQTT connections; undefined where the broker is not ours. */
  clients: number | undefined;
  /** Whether messages can come in just now. */
  connected: boolean;
}

export interface InboundMessage {
  topic: string;
  payload: Uint8Array;
  /** Kept by the broker from before, not sent just now. */
  retain: boolean;
  /** The sender's MQTT client id, where the broker knows it. */
  client: string | undefined;
}
