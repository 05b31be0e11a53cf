import type { EnrolTokenEntry } from '../../dashboard/ports.ts';
import { askServer, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

const PATH = '/api/v1/agents/tokens';

/** Enrolment tokens: with one, a device gets its certificate. */
export const command: Command = {
  summary: {
    en: 'makes, lists and revokes enrolment tokens: with one, a device becomes an agent',
    fr: 'crée, liste et révoque les jetons d’enrôlement\u202f: avec un jeton, un équipement devient agent',
  },
  operands: 'create | list | revoke ID',
  options: {
    ...SERVER_CALL_OPTIONS,
    chain: { type: 'string' },
    store: { type: 'string' },
    kind: { type: 'string' },
    device: { type: 'string' },
    replace: { type: 'boolean' },
    uses: { type: 'string' },
    hours: { type: 'string' },
  },
  help: {
    ...SERVER_CALL_HELP,
    chain: { en: 'The chain it is good in', fr: 'L’enseigne où il vaut' },
    store: { en: 'The store it is good in', fr: 'Le magasin où il vaut' },
    kind: {
      en: 'What is enrolled with it, as the inventory names it (till)',
      fr: 'Ce qu’il enrôle, tel que l’inventaire le nomme (till)',
    },
    device: {
      en: 'The one device it is for; it may then replace a dead one of this name',
      fr: 'Le seul équipement concerné\u202f; il peut alors en remplacer un de ce nom',
    },
    replace: {
      en: 'It may replace any living device of the store',
      fr: 'Il peut remplacer tout équipement du magasin',
    },
    uses: { en: 'How many devices (1)', fr: 'Combien d’équipements (1)' },
    hours: { en: 'How long it is good, in hours (24)', fr: 'Sa durée, en heures (24)' },
  },
  async run(invocation) {
    const { operands, locale, say } = invocation;
    const [action, id] = operands;
    const text = words(locale).enrol;
    if (action === 'create') return create(invocation);
    if (action === 'list') {
      const { tokens } = (await askServer(invocation, PATH)) as { tokens: EnrolTokenEntry[] };
      for (const token of tokens) say(lineOf(token, text.tokenStates));
      if (tokens.length === 0) say(text.noTokens);
      return 0;
    }
    if (action !== 'revoke' || id === undefined) throw new Fault(text.tokenUsage);
    await askServer(invocation, `${PATH}/${encodeURIComponent(id)}/revoke`, {});
    say(text.tokenRevoked(id));
    return 0;
  },
};

async function create(invocation: Invocation): Promise<number> {
  const { flags, locale, say } = invocation;
  const text = words(locale).enrol;
  const { chain, store, device, kind = 'till' } = flags;
  if (chain === undefined || store === undefined) throw new Fault(text.tokenUsage);
  const number = (flag: string) => {
    const given = flags[flag];
    if (given === undefined) return {};
    if (!/^\d{1,6}$/.test(String(given))) throw new Fault(words(locale).badNumber(`--${flag}`, String(given)));
    return { [flag]: Number(given) };
  };
  const wish = {
    chain,
    store,
    kind,
    ...(device !== undefined && { device }),
    ...(flags.replace === true && { replaces: true }),
    ...number('uses'),
    ...number('hours'),
  };
  const { token, entry } = (await askServer(invocation, PATH, wish)) as { token: string; entry: EnrolTokenEntry };
  const named = device === undefined ? '' : ` --device=${device}`;
  say(token);
  // To whoever watches, not into a file or a pipe the token goes to.
  process.stderr.write(`${text.tokenMade(minute(entry.expiresAt))}\n`);
  process.stderr.write(`  vigie agent enroll --server=https://…:8443${named} --token=${token}\n`);
  return 0;
}

const lineOf = (token: EnrolTokenEntry, states: Record<EnrolTokenEntry['state'], string>): string =>
  [
    token.id,
    states[token.state].padEnd(8),
    `${token.used}/${token.uses}`,
    minute(token.expiresAt),
    `${token.chain}/${token.store}/${token.device ?? '*'}`,
    token.kind,
    token.by,
  ].join('  ');

const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
