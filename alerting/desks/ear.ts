import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TicketStatus } from './remote-ticket.ts';
import { verifySignature } from './signature.ts';

/** What a desk sent by itself, as it came. */
export interface DeskMessage {
  body: Uint8Array;
  /** By its name in small letters. */
  header(name: string): string | undefined;
}

/** Nothing of the message was taken. */
export class MessageRefused extends Error {
  readonly why: 'signature' | 'body';
  constructor(why: MessageRefused['why'], message: string) {
    super(message);
    this.name = 'MessageRefused';
    this.why = why;
  }
}

/**
 * Takes in what a desk sends by itself: gives the keys of the tickets it speaks of, as they bear them. Who sends is known by
 * their signature; what was sent before, or comes late, does no harm.
 * @throws MessageRefused
 */
export type DeskEar = (message: DeskMessage) => string[];

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** What a desk tells of one of its tickets. Of a desk that can be asked, the key suffices: it is asked. */
const News = Type.Object({
  key: text(1_000),
  id: Type.Optional(text(200)),
  at: Type.Optional(text(40)),
  status: Type.Optional(Type.Enum(['new', 'in-progress', 'on-hold', 'resolved', 'closed'])),
  ticket: Type.Optional(text(100)),
  assignee: Type.Optional(Type.Union([text(200), Type.Null()])),
  comment: Type.Optional(Type.Object({ id: text(200), by: text(200), text: text(10_000) })),
});
const news = Compile(News);

export interface ToldNews {
  key: string;
  /** Milliseconds since 1970, by the desk’s clock; absent where it says none. */
  at?: number;
  status?: TicketStatus;
  ticket?: string;
  assignee?: string | null;
  comment?: { id: string; by: string; text: string };
}

/** Reads a message that is signed as ours are (`X-Signature`), with any of these secrets. @throws MessageRefused */
export function readSignedNews({ body, header }: DeskMessage, secrets: readonly string[], now: number): ToldNews {
  const verdict = verifySignature(header('x-signature'), body, secrets, now);
  if (verdict !== 'valid') throw new MessageRefused('signature', `X-Signature is ${verdict}`);
  const told = parseJson(body);
  if (!news.Check(told)) {
    const [fault] = news.Errors(told);
    throw new MessageRefused('body', `${fault?.instancePath || '/'} ${fault?.message ?? 'is not as expected'}`);
  }
  const { at, id: _, ...rest } = told;
  return at === undefined ? rest : { ...rest, at: instantOf(at, '/at') };
}

export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new MessageRefused('body', 'the body is no JSON');
  }
}

export function instantOf(time: string, where: string): number {
  const at = Date.parse(time);
  if (Number.isNaN(at)) throw new MessageRefused('body', `${where} must be a time such as 2026-11-23T08:00:00Z`);
  return at;
}

/** The ear of a desk that can be asked what became of its ticket: nothing else in the message is believed. */
export const askingEar =
  (secrets: readonly string[], now: () => number): DeskEar =>
  (message) => [readSignedNews(message, secrets, now()).key];
