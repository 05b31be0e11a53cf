import type { Cursor } from '../ports.ts';

/** Ranges as the cursor row keeps them: `1-400,402`. */
export function encodeSeen(seen: Cursor['seen']): string {
  let text = '';
  for (const [from, to] of seen) {
    if (text !== '') text += ',';
    text += from === to ? from : `${from}-${to}`;
  }
  return text;
}

/** The ranges behind `encodeSeen`'s text. */
export function decodeSeen(text: string): [number, number][] {
  if (text === '') return [];
  return text.split(',').map((range) => {
    const [from, to = from] = range.split('-') as [string, string | undefined];
    return [Number(from), Number(to)];
  });
}
