import type { Reply } from '../../protocol/commands.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { AuditEntry } from './audit.ts';

/** What somebody asked an agent to do. */
export interface AskedCommand {
  action: string;
  args: Readonly<Record<string, string>>;
  by: string;
  why?: string;
  /** Number of the incident it is to mend. */
  incident?: number;
  expiresAt: number;
  /** When it must have been answered, if the agent heard it at all. */
  answerBy: number;
}

/** A command and what became of it. */
export interface KeptCommand {
  /** The agent it is for; of a reply, the agent that gave it. */
  device: DeviceKey;
  id: string;
  /** When it was asked, or, where nobody asked, when the reply came. Milliseconds since 1970. */
  at: number;
  /** Absent: this agent answered something that this server never sent it. */
  asked?: AskedCommand;
  /** Why it could not be sent. */
  fault?: string;
  reply?: Reply;
  repliedAt?: number;
  /** The agent refused a message with the same id besides, such as a copy somebody sent again. */
  refusedAgainAt?: number;
}

/** Replies of one agent to what nobody asked, kept within an hour; and how long they are kept. */
export const UNASKED_PER_HOUR = 20;
export const UNASKED_KEPT_MS = 30 * 86_400_000;

/** What agents of all partitions were told to do. */
export interface CommandStore {
  /** Keeps the command and the entry, both or nothing: to be called before it is sent. */
  add(command: KeptCommand & { asked: AskedCommand }, audit: AuditEntry): Promise<void>;
  /** It could not be sent. A reply that comes all the same counts more. */
  setFault(device: DeviceKey, id: string, fault: string): Promise<void>;
  /**
   * Keeps a reply, with the entry where it is news. The first one counts; one to a message that anybody could have sent
   * (unsigned, for another, expired, repeated) gives way to one that tells what was done. `isNews` is false for one that
   * comes again. Undefined: the agent has answered more than UNASKED_PER_HOUR that nobody asked, and it is let go.
   */
  take(
    device: DeviceKey,
    reply: Reply,
    at: number,
    audit: AuditEntry,
  ): Promise<{ command: KeptCommand; isNews: boolean } | undefined>;
  get(device: DeviceKey, id: string): Promise<KeptCommand | undefined>;
  /** Newest first. */
  list(query: { device?: DeviceKey; limit: number }): Promise<KeptCommand[]>;
}
