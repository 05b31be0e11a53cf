import type { Locale } from '../../protocol/inventory.ts';

/** How one desk wants its tickets worded, as it is configured. Templates: text with placeholders such as `{priority}`. */
export interface DeskWording {
  subject?: Partial<Record<Locale, string>>;
  text?: Partial<Record<Locale, string>>;
  /** By the desk’s own names. */
  fields?: Readonly<Record<string, string>>;
  /** The configuration item. */
  item?: string;
}

/** What a template may name; beside these `asset.…`, what the inventory says of the device’s asset. */
export const PLACEHOLDERS = [
  ...['number', 'priority', 'subject', 'text', 'title', 'cause', 'evidence', 'since', 'steps', 'link'],
  ...['chain', 'store', 'storeTitle', 'region', 'device', 'kind'],
  ...['team', 'category', 'onCall'],
] as const;

export const PLACEHOLDER = /\{([^{}]*)\}/g;
const ASSET = /^asset\.[A-Za-z]+$/;

/** What is wrong with a template, undefined where nothing is. */
export function templateFault(template: string): string | undefined {
  for (const [, name = ''] of template.matchAll(PLACEHOLDER)) {
    if (!ASSET.test(name) && !(PLACEHOLDERS as readonly string[]).includes(name)) {
      return `{${name}} is not known; there are ${PLACEHOLDERS.map((known) => `{${known}}`).join(' ')} {asset.…}`;
    }
  }
  return undefined;
}

/** What is wrong with any of a desk’s templates, with where it stands. */
export function wordingFaults({ subject, text, fields, item }: DeskWording): string[] {
  const all = [
    ...Object.entries(subject ?? {}).map(([locale, template]) => [`subject/${locale}`, template]),
    ...Object.entries(text ?? {}).map(([locale, template]) => [`text/${locale}`, template]),
    ...Object.entries(fields ?? {}).map(([name, template]) => [`fields/${name}`, template]),
    ...(item === undefined ? [] : [['item', item]]),
  ];
  return all.flatMap(([where, template = '']) => {
    const fault = templateFault(template);
    return fault === undefined ? [] : [`${where}: ${fault}`];
  });
}
