import type { Delivery } from '../ports.ts';

/** What a desk did not do, and whether trying again can help. The message is told to people: it quotes no address and no secret. */
export class DeskFailure extends Error {
  readonly outcome: 'retry' | 'refused';
  readonly retryAfterS: number | undefined;

  constructor(outcome: 'retry' | 'refused', message: string, retryAfterS?: number) {
    super(message);
    this.name = 'DeskFailure';
    this.outcome = outcome;
    this.retryAfterS = retryAfterS;
  }

  /** As the outbox takes it. */
  get delivery(): Delivery {
    const { outcome, message, retryAfterS } = this;
    if (outcome === 'refused') return { outcome, error: message };
    return { outcome, error: message, ...(retryAfterS !== undefined && { retryAfterS }) };
  }
}

/** For what a ticket can do without: what the desk refuses is not had. */
export async function unlessRefused<Answer>(asked: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DeskFailure && error.outcome === 'refused') return otherwise;
    throw error;
  }
}
