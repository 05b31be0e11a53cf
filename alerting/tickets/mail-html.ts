import type { Locale } from '../../protocol/inventory.ts';
import type { Priority } from '../../protocol/weights.ts';

const COLOURS: Readonly<Record<Priority, string>> = {
  1: '#b32d12',
  2: '#b32d12',
  3: '#bd6d05',
  4: '#0f5f9e',
  5: '#0f5f9e',
};
const BACK = '#17706f';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');

/** A ticket as a mail shows it, light or dark: no picture, no font, nothing from elsewhere. `text`: one fact a line. */
export function mailHtml({
  locale,
  subject,
  text,
  priority,
  isOver,
  link,
}: {
  locale: Locale;
  subject: string;
  text: string;
  priority: Priority;
  isOver: boolean;
  link: { url: string; label: string } | undefined;
}): string {
  const colour = isOver ? BACK : COLOURS[priority];
  const lines = text.split('\n').map((line) => `<p style="margin:0 0 6px">${escaped(line)}</p>`);
  const button = link
    ? `<p style="margin:16px 0 0"><a href="${escaped(link.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:${colour};color:#ffffff;text-decoration:none;font-weight:600">${escaped(link.label)}</a></p>`
    : '';
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:600px;border-left:4px solid ${colour};padding-left:16px">
<h1 style="margin:0 0 12px;font-size:18px;line-height:1.3">${escaped(subject)}</h1>
${lines.join('\n')}
${button}</div></body></html>`;
}
