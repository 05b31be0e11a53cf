import { DeskFailure } from '../../alerting/desks/desk-failure.ts';
import { reconciling } from '../../alerting/desks/reconcile.ts';
import type { RemoteTicket, TicketClient } from '../../alerting/desks/ticket-client.ts';
import type { Desk } from '../../alerting/ports.ts';

/** A ticket of `TicketDesk`. */
export interface HeldTicket extends RemoteTicket {
  subject: string;
  /** Marks of the notes. */
  notes: string[];
  texts: string[];
}

/** `away`: it cannot be reached. `lost`: it does what it is asked and the answer is lost. */
export type Weather = 'well' | 'away' | 'lost';

/** A desk whose tickets can be looked up, in memory and without a network. */
export class TicketDesk {
  readonly tickets: HeldTicket[] = [];
  /** Asked of it, reached or not. */
  asked = 0;
  /** What the weather is for the next thing it is asked. */
  weather: () => Weather = () => 'well';

  get desk(): Desk {
    const client: TicketClient = {
      find: (key) =>
        this.#ask(() => this.tickets.filter((ticket) => ticket.key === key).map((ticket) => ({ ...ticket }))),
      create: ({ key, subject, text }) =>
        this.#ask(() => {
          const id = `${this.tickets.length + 1}`;
          const ticket: HeldTicket = { id, number: id, key, status: 'new', subject, notes: [], texts: [text] };
          this.tickets.push(ticket);
          return { ...ticket };
        }),
      hasNote: ({ id }, mark) => this.#ask(() => this.#ticket(id).notes.includes(mark)),
      change: ({ id }, { subject, status, note }) =>
        this.#ask(() => {
          const ticket = this.#ticket(id);
          ticket.subject = subject;
          if (status) ticket.status = status;
          if (note) ticket.notes.push(note.mark);
          if (note) ticket.texts.push(note.text);
        }),
    };
    return reconciling(client, { timeZoneOf: () => 'Europe/Paris' });
  }

  async #ask<Answer>(act: () => Answer): Promise<Answer> {
    this.asked++;
    const weather = this.weather();
    if (weather === 'away') throw new DeskFailure('retry', 'cannot be reached');
    const answer = act();
    if (weather === 'lost') throw new DeskFailure('retry', 'no answer in time');
    return answer;
  }

  #ticket(id: string): HeldTicket {
    const ticket = this.tickets.find((one) => one.id === id);
    if (!ticket) throw new Error(`there is no ticket ${id}`);
    return ticket;
  }
}
