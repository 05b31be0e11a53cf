import type { Reply } from '../../protocol/commands.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { AskedCommand, KeptCommand } from '../ports.ts';

/** A command as its row keeps it. */
export interface CommandRow {
  device: string;
  id: string;
  at: number;
  asked: string | null;
  fault: string | null;
  reply: string | null;
  replied_at: number | null;
  refused_again_at: number | null;
}

export const COMMAND_COLUMNS = 'device, id, at, asked, fault, reply, replied_at, refused_again_at';

export const commandOf = (row: CommandRow): KeptCommand => ({
  device: row.device as DeviceKey,
  id: row.id,
  at: row.at,
  ...(row.asked !== null && { asked: JSON.parse(row.asked) as AskedCommand }),
  ...(row.fault !== null && { fault: row.fault }),
  ...(row.reply !== null && { reply: JSON.parse(row.reply) as Reply }),
  ...(row.replied_at !== null && { repliedAt: row.replied_at }),
  ...(row.refused_again_at !== null && { refusedAgainAt: row.refused_again_at }),
});

/** What anybody on the network may have made an agent say. */
const ANYBODYS: ReadonlySet<Reply['refusal']> = new Set(['unsigned', 'not-for-me', 'expired', 'repeated']);

/** What a reply changes of what is kept: the reply itself, the note that there was another, or nothing. */
export function weigh(kept: KeptCommand, reply: Reply): 'reply' | 'again' | 'nothing' {
  const { reply: before, refusedAgainAt } = kept;
  if (before === undefined) return 'reply';
  if (!ANYBODYS.has(reply.refusal)) return ANYBODYS.has(before.refusal) ? 'reply' : 'nothing';
  const isSame = before.refusal === reply.refusal && before.at === reply.at;
  return isSame || refusedAgainAt !== undefined ? 'nothing' : 'again';
}
