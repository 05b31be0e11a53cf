import type { StoreKey } from '../../protocol/names.ts';
import type { Intake, MessageHandler, Partition } from '../ports.ts';
import type { ExternalBrokerOptions } from './external-broker-options.ts';
import { KeptConnection } from './kept-connection.ts';
import { Lane } from './lane.ts';
import type { MqttLink } from './mqtt-link.ts';
import { partitionFilters } from './partition-filters.ts';
import { Subscriptions } from './subscriptions.ts';

/** A filter that was refused is asked for again after this long: somebody may have changed the broker's rules. */
const ASK_AGAIN_MS = 60_000;
/** Refused filters that are named; with thousands of stores one rule refuses thousands. */
const NAMED = 3;

export interface PartitionIntakeOptions {
  broker: ExternalBrokerOptions;
  partition: Partition;
  stores: readonly StoreKey[];
  handler: MessageHandler;
  onListening: (isListening: boolean) => void;
  chance: () => number;
  onProblem: (clientId: string, problem: string) => void;
}

/**
 * A partition's connection. Its client id is fixed and its session persistent: the broker keeps what comes in while
 * nobody is there, and ends an earlier owner's connection when the next one connects.
 */
export class PartitionIntake implements Intake {
  readonly #options: PartitionIntakeOptions;
  readonly #clientId: string;
  readonly #connection: KeptConnection;
  readonly #subscriptions = new Subscriptions();
  #wanted: ReadonlySet<string>;
  #lane: Lane | undefined;
  #bringing: Promise<void> = Promise.resolve();
  #askAgain: NodeJS.Timeout | undefined;
  #isReceiving = false;

  constructor(options: PartitionIntakeOptions) {
    const { partition, handler, onListening, broker, chance, onProblem } = options;
    this.#options = options;
    this.#clientId = `vigie-partition:${partition.index}-${partition.of}`;
    this.#wanted = partitionFilters(partition, options.stores);
    onListening(false);
    this.#connection = new KeptConnection({
      broker,
      clientId: this.#clientId,
      identity: () => ({ clientId: this.#clientId, clean: false }),
      chance,
      onProblem,
      onUp: (link) => {
        this.#lane = new Lane(link, handler, broker.inFlight ?? 4000, (topic, error) =>
          this.#tell(`${topic}: ${error instanceof Error ? error.message : String(error)}`),
        );
        this.#subscriptions.forgetGrants();
        this.#bring().catch(() => {});
      },
      onDown: () => {
        this.#lane?.close();
        this.#setReceiving(false);
        clearTimeout(this.#askAgain);
      },
      onMessage: (packet) => this.#lane?.take(packet),
      onTooLarge: ({ topic, messageId, bytes }) => {
        this.#tell(`${topic}: packet of ${bytes} bytes refused`);
        this.#lane?.skip(messageId);
      },
    });
  }

  /** Whether all that this partition should hear can come in just now. */
  get isReceiving(): boolean {
    return this.#isReceiving;
  }

  /** Resolves when the broker has agreed; at once while it is away: the next connection asks for the new stores. */
  async setStores(stores: readonly StoreKey[]): Promise<void> {
    this.#wanted = partitionFilters(this.#options.partition, stores);
    await this.#bring();
  }

  async close(): Promise<void> {
    this.#isReceiving = false;
    clearTimeout(this.#askAgain);
    this.#lane?.close();
    await this.#connection.close();
  }

  #setReceiving(isReceiving: boolean): void {
    this.#isReceiving = isReceiving;
    this.#options.onListening(isReceiving);
  }

  #tell(problem: string): void {
    this.#options.onProblem(this.#clientId, problem);
  }

  /** One after the other: each sees what the one before it achieved. Never rejects. */
  #bring(): Promise<void> {
    this.#bringing = this.#bringing.then(async () => {
      const link = this.#connection.link;
      if (link) await this.#bringInLine(link);
    });
    return this.#bringing;
  }

  async #bringInLine(link: MqttLink): Promise<void> {
    let refused: string[];
    try {
      refused = await this.#subscriptions.bring(link, this.#wanted);
    } catch {
      // The connection is gone; whoever keeps it has said why, and the next one subscribes anew.
      return;
    }
    if (link !== this.#connection.link) return;
    this.#setReceiving(refused.length === 0);
    if (refused.length === 0) return;
    const more = refused.length > NAMED ? ` and ${refused.length - NAMED} more` : '';
    this.#tell(`subscription refused: ${refused.slice(0, NAMED).join(', ')}${more}`);
    clearTimeout(this.#askAgain);
    this.#askAgain = setTimeout(() => void this.#bring(), ASK_AGAIN_MS);
  }
}
