import { Type } from 'typebox';
import { daysLeft } from '../certificate.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { parseTime } from '../parsers/time.ts';
import { Command, findValue, Place, runCommand, toNumber } from '../source.ts';

/**
 * A fiscal device or module (TSE, RT, fiscal printer, NF525 archive) as the till's software reports it: documents not sent
 * to the authority yet, days until its certificate ends, and how much of its memory is used. Past its end, or full, a till may
 * not sell.
 */
export const plugin = definePlugin({
  type: 'fiscal_device',
  title: { fr: 'Module fiscal', en: 'Fiscal device' },
  options: Type.Object(
    {
      file: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 1024,
          description: 'File in which the software writes its state.',
          fr: 'Fichier où le logiciel écrit son état.',
        }),
      ),
      command: Type.Optional(
        Command('Program with its arguments that prints its state.', 'Programme et arguments qui affichent son état.'),
      ),
      unsent: Type.Optional(
        Place('Where the number of documents not sent yet stands.', 'Emplacement du nombre de documents non transmis.'),
      ),
      expires: Type.Optional(
        Place(
          'Where the day it ends stands, as ISO 8601, day first, or seconds since 1970.',
          'Emplacement de sa date de fin, en ISO 8601, jour en premier, ou en secondes depuis 1970.',
        ),
      ),
      daysLeft: Type.Optional(
        Place('Where the number of days to its end stands.', 'Emplacement du nombre de jours avant sa fin.'),
      ),
      usedPercent: Type.Optional(
        Place(
          'Where the part of its memory that is used stands, in percent.',
          'Emplacement de la part utilisée de sa mémoire, en pour cent.',
        ),
      ),
    },
    {
      additionalProperties: false,
      allOf: [
        { oneOf: [{ required: ['file'] }, { required: ['command'] }] },
        { anyOf: ['unsent', 'expires', 'daysLeft', 'usedPercent'].map((name) => ({ required: [name] })) },
      ],
      description: 'Needs `file` or `command`, and at least one of `unsent`, `expires`, `daysLeft`, `usedPercent`.',
      fr: 'Demande `file` ou `command`, et au moins l’un de `unsent`, `expires`, `daysLeft`, `usedPercent`.',
    },
  ),
  example: {
    file: '/var/lib/pos/fiscal.json',
    unsent: { jsonPath: 'queue.unsent' },
    expires: { jsonPath: 'certificate.validUntil' },
  },
  create:
    ({ file, command, unsent, expires, daysLeft: daysAt, usedPercent }) =>
    async (ctx) => {
      const text = file === undefined ? await runCommand(ctx, command ?? []) : await ctx.readText(file);
      const missing: string[] = [];
      const need = (name: string, value: number | undefined) => {
        if (value === undefined) missing.push(name);
        return value;
      };
      const count = unsent && need('unsent', toNumber(findValue(text, unsent)));
      const end = expires && need('expires', parseTime(findValue(text, expires) ?? ''));
      const days = daysAt ? need('daysLeft', toNumber(findValue(text, daysAt))) : end && daysLeft(end, ctx.now());
      const used = usedPercent && need('usedPercent', toNumber(findValue(text, usedPercent)));
      const age = file === undefined ? undefined : (ctx.now() - (await ctx.stat(file)).mtimeMs) / 1000;
      const f = {
        ...(count !== undefined && { unsent: count }),
        ...(days !== undefined && { days_left: days }),
        ...(used !== undefined && { used_percent: used }),
        ...(age !== undefined && { age_seconds: Math.max(0, age) }),
      };
      return {
        points: Object.keys(f).length > 0 ? [{ m: 'fiscal_device', f }] : [],
        statuses: [{ check: ctx.name, ...judge(ctx, missing, days) }],
      };
    },
});

function judge(ctx: CheckContext, missing: readonly string[], days: number | undefined) {
  if (days !== undefined && days < 0) {
    const text = ctx.say({
      fr: 'Le module fiscal a atteint sa date de fin\u202f: la caisse peut ne plus avoir le droit de vendre.',
      en: 'The fiscal device has passed its end: the till may no longer be allowed to sell.',
    });
    return { status: 'critical', text } as const;
  }
  if (missing.length === 0) return { status: 'ok' } as const;
  const names = missing.join(', ');
  const text = ctx.say({ fr: `Valeur introuvable\u202f: ${names}.`, en: `No value found for ${names}.` });
  return { status: 'unknown', text } as const;
}
