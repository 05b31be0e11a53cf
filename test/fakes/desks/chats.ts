import { FakeReceiver } from './fake-receiver.ts';

interface Block {
  type: string;
  text?: { type: string; text: string };
  elements?: { text: string }[];
}

/** Slack’s incoming webhook, as far as the connector speaks to it. No real workspace has been asked. */
export class FakeSlack extends FakeReceiver {
  readonly mostBytes = 256 * 1024;
  readonly hasKeys = false;

  protected take(body: unknown): string | undefined {
    const { text = '', blocks = [] } = body as { text?: string; blocks?: Block[] };
    if (text === '') return 'no_text';
    for (const { type, text: told } of blocks) {
      const most = type === 'header' ? 150 : 3_000;
      if (told && (told.text === '' || told.text.length > most)) return 'invalid_blocks';
    }
    // A header is plain text; the others are marked up.
    const marked = [text, ...blocks.flatMap((block) => (block.text?.type === 'mrkdwn' ? [block.text.text] : []))];
    const all = [text, ...blocks.map((block) => block.text?.text ?? '')].join('\n');
    if (/<(?!https:\/\/vigie\.example\/)/.test(marked.join('\n'))) return 'a link or a call that nobody wrote';
    this.texts.push(all);
    return undefined;
  }
}

interface Card {
  type?: string;
  body?: { type: string; text: string }[];
  actions?: { type: string; title: string; url: string }[];
}

/** What takes the webhook of a Teams workflow. No real tenant has been asked. */
export class FakeTeams extends FakeReceiver {
  readonly mostBytes = 28 * 1024;
  readonly hasKeys = false;
  protected override readonly taken = () => new Response(null, { status: 202 });

  protected take(body: unknown): string | undefined {
    const { type, attachments = [] } = body as {
      type?: string;
      attachments?: { contentType: string; content: Card }[];
    };
    const [attachment] = attachments;
    if (type !== 'message' || attachment?.contentType !== 'application/vnd.microsoft.card.adaptive') return 'no card';
    const { body: blocks = [], type: card } = attachment.content;
    if (card !== 'AdaptiveCard' || blocks.some(({ type: kind, text }) => kind !== 'TextBlock' || text === ''))
      return 'no card';
    this.texts.push(blocks.map(({ text }) => text.replaceAll('\\', '')).join('\n'));
    return undefined;
  }
}
