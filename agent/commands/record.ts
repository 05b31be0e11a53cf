import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Check } from 'typebox/schema';
import { Reply } from '../../protocol/commands.ts';

/** Kept this long after a command expired: a clock that is set back must not let it in again. */
const REMEMBER_MS = 86_400_000;
const DAY_MS = 86_400_000;
/** A server that sends more than this within a day is not heard any more. */
const MOST_SEEN = 5_000;
const MOST_REPLIES = 100;

const State = Type.Object({
  v: Type.Literal(1),
  /** Commands made before this are not believed: what was seen earlier is not known. */
  since: Type.Number(),
  /** Until when an id is remembered. */
  seen: Type.Record(Type.String(), Type.Number()),
  /** When each action ran, by name. */
  runs: Type.Record(Type.String(), Type.Array(Type.Number())),
  /** Taken and not answered yet. */
  taken: Type.Optional(Type.Object({ id: Type.String(), action: Type.String(), at: Type.Number() })),
  replies: Type.Array(Reply),
});
interface State {
  v: 1;
  since: number;
  seen: Record<string, number>;
  runs: Record<string, number[]>;
  taken?: { id: string; action: string; at: number };
  replies: Reply[];
}

/** Where the record is kept: whole or not at all. */
export interface Shelf {
  /** Undefined when nothing was ever kept. */
  read(): string | undefined;
  /** On disk when it returns. @throws when the disk refuses; what was kept stays. */
  write(text: string): void;
}

/**
 * What must survive kill -9: commands seen, runs of the day, replies the broker does not have yet. A change is on disk
 * before it is acted upon; one that cannot be written is not made.
 */
export class CommandRecord {
  readonly #shelf: Shelf;
  #state: State;
  /** A command the run before this one took and never answered. */
  readonly interrupted: State['taken'];

  constructor(shelf: Shelf, now: number) {
    this.#shelf = shelf;
    this.#state = load(shelf, now);
    this.interrupted = this.#state.taken;
  }

  /** Commands made before this cannot be told from ones that were seen. */
  get since(): number {
    return this.#state.since;
  }

  hasSeen(id: string): boolean {
    return Object.hasOwn(this.#state.seen, id);
  }

  /** Runs of an action within the last 24 hours; those of the future too, after a clock was set back. */
  runsOf(action: string, now: number): number {
    return (this.#state.runs[action] ?? []).filter((at) => at > now - DAY_MS).length;
  }

  /**
   * Remembers a command; with `holds` it is this agent's to answer, whatever happens. False when no more can be
   * remembered.
   */
  see(command: { id: string; action: string; expiresAt: number }, now: number, holds: boolean): boolean {
    const { id, action } = command;
    const seen = Object.fromEntries(Object.entries(this.#state.seen).filter(([, until]) => until > now));
    if (Object.keys(seen).length >= MOST_SEEN) return false;
    seen[id] = command.expiresAt + REMEMBER_MS;
    this.#keep({ ...this.#state, seen, ...(holds && { taken: { id, action, at: now } }) });
    return true;
  }

  /** It is about to run: counted whatever becomes of it. */
  willRun(action: string, now: number): void {
    const recent = (this.#state.runs[action] ?? []).filter((at) => at > now - DAY_MS);
    this.#keep({ ...this.#state, runs: { ...this.#state.runs, [action]: [...recent, now] } });
  }

  /** Keeps a reply until the broker has it. The one to what was taken settles it. */
  answer(reply: Reply): void {
    const { taken, ...rest } = this.#state;
    const isTaken = taken?.id === reply.id && reply.refusal !== 'repeated';
    const replies = bounded([...rest.replies, reply]);
    this.#keep({ ...rest, ...(taken && !isTaken && { taken }), replies });
  }

  /** Replies the broker does not have yet, oldest first. */
  replies(): readonly Reply[] {
    return this.#state.replies;
  }

  /** The broker has it. */
  delivered(reply: Reply): void {
    this.#keep({ ...this.#state, replies: this.#state.replies.filter((kept) => kept !== reply) });
  }

  #keep(state: State): void {
    this.#shelf.write(JSON.stringify(state));
    this.#state = state;
  }
}

/** Answers to strangers go first: what was asked for properly is worth more. */
function bounded(replies: Reply[]): Reply[] {
  if (replies.length <= MOST_REPLIES) return replies;
  const stranger = replies.findIndex(({ refusal }) => refusal === 'unsigned' || refusal === 'repeated');
  return replies.toSpliced(Math.max(0, stranger), 1);
}

function load(shelf: Shelf, now: number): State {
  const fresh = (since: number): State => ({ v: 1, since, seen: {}, runs: {}, replies: [] });
  const text = shelf.read();
  if (text === undefined) return fresh(0);
  try {
    const kept: unknown = JSON.parse(text);
    if (Check(State, kept)) return kept;
  } catch {
    // As bad as any other text.
  }
  return fresh(now);
}

/** One file of the folder, replaced as a whole. */
export function openShelf(folder: string): Shelf {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'commands.json');
  return {
    read() {
      try {
        return readFileSync(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write(text) {
      const next = `${file}.new`;
      const descriptor = openSync(next, 'w', 0o600);
      try {
        writeFileSync(descriptor, text);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(next, file);
      // The name is on disk with its folder; Windows opens none and needs it not.
      if (process.platform === 'win32') return;
      const opened = openSync(folder, 'r');
      try {
        fsyncSync(opened);
      } finally {
        closeSync(opened);
      }
    },
  };
}
