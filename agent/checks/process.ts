import { Type } from 'typebox';
import { definePlugin } from '../check.ts';
import { createProcessFinder } from '../platform/find-processes.ts';
import { createUsageMeter } from '../platform/usage-meter.ts';

/** Whether a wanted process runs, found by its name or by a pattern in its command line, and what it uses. */
export const plugin = definePlugin({
  type: 'process',
  title: { fr: 'Processus attendu', en: 'Expected process' },
  options: Type.Object(
    {
      program: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'Name of the program, e.g. `posd` or `pos.exe`.',
          fr: 'Nom du programme, par exemple `posd` ou `pos.exe`.',
        }),
      ),
      pattern: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          format: 'regex',
          description: 'Regular expression looked for in the whole command line; used where `program` is not given.',
          fr: 'Expression régulière cherchée dans toute la ligne de commande, à défaut de `program`.',
        }),
      ),
      min: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 10_000,
          default: 1,
          description: 'How many must run; fewer is critical.',
          fr: 'Combien doivent tourner\u202f; moins est critique.',
        }),
      ),
      max: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 10_000,
          description: 'How many may run; more is a warning.',
          fr: 'Combien peuvent tourner\u202f; plus est un avertissement.',
        }),
      ),
      usage: Type.Optional(
        Type.Boolean({
          default: false,
          description: 'Reports memory, CPU, threads and restarts of all it finds, together.',
          fr: 'Relève aussi mémoire, processeur, fils d’exécution et redémarrages de tous ceux trouvés, ensemble.',
        }),
      ),
    },
    {
      additionalProperties: false,
      anyOf: [{ required: ['program'] }, { required: ['pattern'] }],
      description: 'Needs `program` or `pattern`.',
    },
  ),
  example: { program: 'posd', min: 1, max: 1, usage: true },
  distinguish: ({ program, pattern }) => program ?? pattern ?? '',
  create: ({ program, pattern, min = 1, max = Number.POSITIVE_INFINITY, usage = false }) => {
    const wanted = { ...(program !== undefined && { program }), ...(pattern !== undefined && { pattern }) };
    const label = program ?? pattern ?? '';
    const find = createProcessFinder(wanted, usage);
    const meter = createUsageMeter();
    return async (ctx) => {
      const found = await find(ctx);
      const { count: running } = found;
      const used = usage ? meter(found.usage, ctx.monotonicMs()) : undefined;
      return {
        points: [
          { m: 'procstat_lookup', t: { pattern: label }, f: { running } },
          ...(used ? [{ m: 'procstat', t: { pattern: label }, f: used }] : []),
        ],
        statuses: [
          running >= min && running <= max
            ? { check: ctx.name, status: 'ok' }
            : {
                check: ctx.name,
                status: running < min ? 'critical' : 'warning',
                text:
                  running < min
                    ? ctx.say({
                        fr: `« ${label} »\u202f: ${running} en marche, ${min} attendu${min > 1 ? 's' : ''}.`,
                        en: `“${label}”: ${running} running, ${min} expected.`,
                      })
                    : ctx.say({
                        fr: `« ${label} »\u202f: ${running} en marche, ${max} au plus.`,
                        en: `“${label}”: ${running} running, ${max} at most.`,
                      }),
              },
        ],
      };
    };
  },
});
