/** A connection to the broker, as long as it lasts. */
export interface Link {
  /** Publishes at QoS 1. `done` is called at most once: never when the connection is lost. Returns what forgets it. */
  publish(topic: string, body: Uint8Array | string, retain: boolean, done: (error?: Error) => void): () => void;
  /** Hears these topics from now on; what the broker refuses is said in the log. */
  subscribe(topics: readonly string[]): void;
}

/** What else travels on an agent's connection: what a gateway carries for others, or its questions to its neighbours. */
export interface Passenger {
  /** A connection is there, and has told the agent's own birth and status. */
  board(link: Link): void;
  /** A message on a topic that is none of the agent's own. */
  hear(topic: string, payload: Uint8Array): void;
  /** Reports may leave, and wait for `receipts` or not; undefined: no collector is there. */
  collectors(open: { receipts: boolean } | undefined): void;
  /** The connection is gone. */
  leave(): void;
}

/** Several on one connection. */
export function together(passengers: readonly Passenger[]): Passenger {
  const all = (tell: (each: Passenger) => void) => {
    for (const each of passengers) tell(each);
  };
  return {
    board: (link) => all((each) => each.board(link)),
    hear: (topic, payload) => all((each) => each.hear(topic, payload)),
    collectors: (open) => all((each) => each.collectors(open)),
    leave: () => all((each) => each.leave()),
  };
}
