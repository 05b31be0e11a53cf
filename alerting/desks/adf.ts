/** A node of Atlassian’s document format, as far as plain text has them. */
export interface AdfNode {
  type: string;
  version?: number;
  text?: string;
  content?: AdfNode[];
}

/** Lines of plain text as a document. */
export function adfOf(text: string): AdfNode {
  const lines = text.split('\n');
  const content = lines.flatMap((line, at): AdfNode[] => [
    ...(at === 0 ? [] : [{ type: 'hardBreak' }]),
    ...(line === '' ? [] : [{ type: 'text', text: line }]),
  ]);
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content }] };
}

const ENDS_LINE = new Set(['paragraph', 'heading', 'listItem', 'codeBlock', 'tableRow', 'blockquote']);

/** What a document says, as lines of plain text. */
export function textOfAdf(node: AdfNode | null | undefined): string {
  const walk = ({ type, text = '', content = [] }: AdfNode): string => {
    if (type === 'hardBreak') return '\n';
    const inner = text + content.map(walk).join('');
    return ENDS_LINE.has(type) ? `${inner}\n` : inner;
  };
  return node
    ? walk(node)
        .replaceAll(/\n{2,}/g, '\n')
        .trim()
    : '';
}
