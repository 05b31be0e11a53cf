import type { InboundMessage, MessageHandler } from '../../../collector/ports.ts';

/** A handler that does nothing with what comes until a test says so. */
export class Taken {
  readonly all: { message: InboundMessage; text: string; done: (accepted: boolean) => void }[] = [];
  #arrived = () => {};

  readonly handler: MessageHandler = (message, done) => {
    this.all.push({ message, text: Buffer.from(message.payload).toString(), done });
    this.#arrived();
  };

  /** Resolves when so many have been handed on in all. */
  async count(wanted: number): Promise<void> {
    while (this.all.length < wanted) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  /** Resolves when a message of this text has been handed on. */
  async text(wanted: string): Promise<void> {
    while (!this.texts.includes(wanted)) await this.count(this.all.length + 1);
  }

  get texts(): string[] {
    return this.all.map(({ text }) => text);
  }
}

/** Sentences that come in over time, to be waited for. */
export class Heard {
  readonly all: string[] = [];
  #arrived = () => {};

  readonly add = (sentence: string): void => {
    this.all.push(sentence);
    this.#arrived();
  };

  async match(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.all.find((sentence) => pattern.test(sentence));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }
}
