import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError, errorCode } from '../describe-error.ts';
import { RECORD_TYPES } from '../outside/network.ts';

/** Telegraf's codes, and one of our own. */
const RESULT_CODES = { success: 0, timeout: 1, error: 2, unexpected_answer: 3 } as const;
type Result = keyof typeof RESULT_CODES;

interface Seen {
  result: Result;
  answers: string[];
  error?: unknown;
}

/** Whether a name server answers, how fast, and whether its answer is the one expected. */
export const plugin = definePlugin({
  type: 'dns_query',
  title: { fr: 'Requête DNS', en: 'DNS query' },
  options: Type.Object(
    {
      domain: Type.String({ minLength: 1, maxLength: 253, description: 'Name to ask for.', fr: 'Nom à demander.' }),
      recordType: Type.Optional(
        Type.Enum(RECORD_TYPES, {
          default: 'A',
          description: 'Kind of record to ask for: A, AAAA, CNAME, MX, NS, PTR, SOA, SRV or TXT.',
          fr: 'Type d’enregistrement à demander\u202f: A, AAAA, CNAME, MX, NS, PTR, SOA, SRV ou TXT.',
        }),
      ),
      server: Type.Optional(
        Type.String({
          pattern: '^([0-9.]+(:\\d{1,5})?|[0-9a-fA-F:]+|\\[[0-9a-fA-F:]+\\](:\\d{1,5})?)$',
          maxLength: 60,
          description: 'Address of the name server, with its port where it is not 53; without it the system’s servers.',
          fr: 'Adresse du serveur de noms, avec son port s’il n’est pas 53\u202f; sans elle, les serveurs du système.',
        }),
      ),
      expect: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 512 }), {
          minItems: 1,
          maxItems: 16,
          description:
            'Answers that must all be among those given, e.g. `10.0.0.10`, or `10 mail.example.net` for an MX.',
          fr: 'Réponses qui doivent toutes être données, par exemple `10.0.0.10`, ou `10 mail.example.net` pour un MX.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { domain: 'pos.example.net', server: '10.0.0.53', expect: ['10.0.0.10'] },
  distinguish: ({ domain, recordType = 'A', server }) =>
    `${domain}${recordType === 'A' ? '' : `:${recordType}`}${server === undefined ? '' : `@${server}`}`.slice(0, 100),
  create:
    ({ domain, recordType = 'A', server, expect = [] }) =>
    async (ctx) => {
      const started = ctx.monotonicMs();
      const { result, answers, error } = await ask();
      return {
        points: [
          {
            m: 'dns_query',
            t: { domain, record_type: recordType, server: server ?? 'system', result },
            f: {
              ...((result === 'success' || result === 'unexpected_answer') && {
                query_time_ms: ctx.monotonicMs() - started,
                answers: answers.length,
              }),
              result_code: RESULT_CODES[result],
            },
          },
        ],
        statuses: [
          result === 'success'
            ? { check: ctx.name, status: 'ok' }
            : {
                check: ctx.name,
                status: 'critical',
                text: tell(ctx, domain, { result, answers, error }).slice(0, 512),
              },
        ],
      };

      async function ask(): Promise<Seen> {
        try {
          const found = await ctx.resolve(domain, recordType, server);
          const isExpected = expect.every((wanted) => found.some((answer) => isSame(answer, wanted)));
          return { result: isExpected ? 'success' : 'unexpected_answer', answers: found };
        } catch (failure) {
          const isTimeout = ctx.signal.aborted || errorCode(failure) === 'ETIMEOUT';
          return { result: isTimeout ? 'timeout' : 'error', answers: [], error: failure };
        }
      }
    },
});

/** Names are the same in any case and with or without their last dot. */
const isSame = (answer: string, wanted: string): boolean => normalise(answer) === normalise(wanted);
const normalise = (answer: string): string => answer.toLowerCase().replace(/\.$/, '');

function tell(ctx: CheckContext, domain: string, { result, answers, error }: Seen): string {
  if (result === 'timeout') {
    return ctx.say({
      fr: `Le serveur de noms ne répond pas pour ${domain} dans le temps imparti.`,
      en: `The name server gives no answer for ${domain} in time.`,
    });
  }
  if (result === 'unexpected_answer') {
    const given = answers.slice(0, 5).join(', ');
    return ctx.say({
      fr: `${domain} n’a pas la réponse attendue, mais\u202f: ${given}.`,
      en: `${domain} has not the expected answer, but: ${given}.`,
    });
  }
  const code = errorCode(error) ?? describeError(error);
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return ctx.say({
      fr: `Le serveur de noms ne connaît pas ${domain} (${code}).`,
      en: `The name server does not know ${domain} (${code}).`,
    });
  }
  return ctx.say({
    fr: `La requête DNS pour ${domain} a échoué (${code}).`,
    en: `The DNS query for ${domain} failed (${code}).`,
  });
}
