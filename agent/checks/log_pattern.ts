import { Type } from 'typebox';
import type { Status } from '../../protocol/status.ts';
import { definePlugin } from '../check.ts';
import { maskSecrets } from '../mask.ts';
import { createLogTail } from '../platform/log-tail.ts';
import { withinTime } from '../platform/within-time.ts';

/** All patterns over all new lines may take this long. */
const MATCHING_MS = 250;
/** The sentence shows another line no more often than this. */
const TEXT_MS = 60_000;
const LONGEST_SHOWN = 200;

/**
 * Counts lines of a log that match patterns, from where the file ends when the agent starts. Of card data nothing is ever
 * said: whatever has as many digits as a card is masked.
 */
export const plugin = definePlugin({
  type: 'log_pattern',
  title: { fr: 'Motifs dans un journal', en: 'Patterns in a log' },
  options: Type.Object(
    {
      file: Type.String({
        minLength: 1,
        maxLength: 1024,
        description: 'The log; it is followed through rotation and truncation.',
        fr: 'Le journal\u202f; il est suivi à travers rotations et troncatures.',
      }),
      patterns: Type.Array(
        Type.Object(
          {
            name: Type.String({
              pattern: '^[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}$',
              description: 'What measurements and people call it.',
              fr: 'Son nom dans les mesures et pour les gens.',
            }),
            match: Type.String({
              minLength: 1,
              maxLength: 512,
              format: 'regex',
              description: 'Regular expression looked for in each line.',
              fr: 'Expression régulière cherchée dans chaque ligne.',
            }),
            severity: Type.Optional(
              Type.Union([Type.Literal('none'), Type.Literal('warning'), Type.Literal('critical')], {
                default: 'warning',
                description: 'What a match is; `none` only counts.',
                fr: 'Gravité d’une ligne trouvée\u202f; `none` ne fait que compter.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        {
          minItems: 1,
          maxItems: 32,
          description: 'What is looked for. A line counts for each pattern it matches.',
          fr: 'Ce qui est cherché. Une ligne compte pour chaque motif qu’elle contient.',
        },
      ),
      ignore: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 512, format: 'regex' }), {
          maxItems: 32,
          description: 'Regular expressions of lines that never count.',
          fr: 'Expressions régulières des lignes qui ne comptent jamais.',
        }),
      ),
      holdS: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 86_400,
          default: 300,
          description: 'Seconds its status lasts after the last match.',
          fr: 'Secondes pendant lesquelles son état dure après la dernière ligne trouvée.',
        }),
      ),
      showLine: Type.Optional(
        Type.Boolean({
          default: true,
          description: 'Whether the sentence holds the last line found, its secrets masked.',
          fr: 'Si la phrase cite la dernière ligne trouvée, secrets masqués.',
        }),
      ),
      maxBytes: Type.Optional(
        Type.Integer({
          minimum: 4096,
          maximum: 4_194_304,
          default: 262_144,
          description: 'Bytes read at one run; of more than that the oldest are skipped, and counted.',
          fr: 'Octets lus à chaque passage\u202f; au-delà, les plus anciens sont sautés, et comptés.',
        }),
      ),
      encoding: Type.Optional(
        Type.Union([Type.Literal('utf8'), Type.Literal('latin1')], {
          default: 'utf8',
          description: 'How the log is written.',
          fr: 'Codage du journal.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: {
    file: '/var/log/pos/pos.log',
    patterns: [{ name: 'payment refused', match: 'ERR-PAY|payment terminal lost', severity: 'warning' }],
    ignore: ['simulated'],
  },
  distinguish: ({ file }) => file.slice(-100),
  create({ file, patterns, ignore = [], holdS = 300, showLine = true, maxBytes = 262_144, encoding = 'utf8' }) {
    const tail = createLogTail(file, maxBytes, encoding);
    const ignored = ignore.map((text) => new RegExp(text));
    const wanted = patterns.map(({ name, match, severity = 'warning' }) => ({
      name,
      severity,
      expression: new RegExp(match),
    }));
    const short = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    const tags = { file: file.slice(-256) };
    /** The last time each pattern was found, by its name. */
    const seen = new Map<string, number>();
    let shown: { line: string; at: number } | undefined;

    const find = (lines: string[]) => {
      const counts = new Map<string, number>();
      let last: string | undefined;
      for (const line of lines) {
        if (ignored.some((expression) => expression.test(line))) continue;
        for (const { name, severity, expression } of wanted) {
          if (!expression.test(line)) continue;
          counts.set(name, (counts.get(name) ?? 0) + 1);
          if (severity !== 'none') last = line;
        }
      }
      return { counts, last };
    };

    return async (ctx) => {
      const { lines, skipped, exists } = await tail.read(ctx);
      if (!exists) {
        const text = ctx.say({ fr: `Le journal ${short} n’existe pas.`, en: `The log ${short} is not there.` });
        return { points: [], statuses: [{ check: ctx.name, status: 'unknown', text }] };
      }
      const found =
        lines.length === 0
          ? { counts: new Map<string, number>(), last: undefined }
          : withinTime(MATCHING_MS, () => find(lines));
      if (!found) {
        const text = ctx.say({
          fr: `Les motifs cherchés dans ${short} demandent trop de calcul\u202f; ils sont à simplifier.`,
          en: `The patterns looked for in ${short} take too much computing; make them simpler.`,
        });
        return { points: [], statuses: [{ check: ctx.name, status: 'unknown', text }] };
      }
      const now = ctx.now();
      for (const name of found.counts.keys()) seen.set(name, now);
      if (found.last !== undefined && (!shown || now - shown.at >= TEXT_MS))
        shown = { line: toShow(found.last), at: now };

      const standing = wanted.filter(
        ({ name, severity }) =>
          severity !== 'none' && now - (seen.get(name) ?? Number.NEGATIVE_INFINITY) <= holdS * 1000,
      );
      if (standing.length === 0) shown = undefined;
      const status: Status = standing.some(({ severity }) => severity === 'critical')
        ? 'critical'
        : standing.length > 0
          ? 'warning'
          : 'ok';
      const names = standing.map(({ name }) => name).join(', ');
      const quote = showLine && shown ? shown.line : '';
      const text = ctx.say({
        fr: `Dans ${short}\u202f: ${names}${quote && `. « ${quote} »`}.`,
        en: `In ${short}: ${names}${quote && `. “${quote}”`}.`,
      });
      return {
        points: [
          ...wanted.map(({ name }) => ({
            m: 'log_pattern',
            t: { ...tags, pattern: name },
            f: { matches: found.counts.get(name) ?? 0 },
          })),
          { m: 'log_tail', t: tags, f: { lines: lines.length, skipped_bytes: skipped } },
        ],
        statuses: [{ check: ctx.name, status, ...(standing.length > 0 && { text: text.slice(0, 512) }) }],
      };
    };
  },
});

/** Not even a card's last four digits are left, nor control characters that a terminal would obey. */
function toShow(line: string): string {
  const masked = maskSecrets(line.replace(/(?:\d[ -]?){12,}/g, '*** '));
  return masked
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_SHOWN);
}
