import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { STATUSES } from '../../protocol/status.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { maskSecrets } from '../mask.ts';
import { type PerfValue, parsePluginOutput, type Range } from '../parsers/perfdata.ts';
import { Command } from '../source.ts';

/** More values than a plugin gives that people read. */
const MOST_VALUES = 200;

/** Runs a plugin made for Nagios, Icinga or Centreon: its verdict, its first line, its performance data. */
export const plugin = definePlugin({
  type: 'nagios',
  title: { fr: 'Sonde Nagios', en: 'Nagios plugin' },
  options: Type.Object(
    {
      command: Command(
        'The plugin with its arguments, each by itself: no shell reads them.',
        'La sonde et ses arguments, chacun à part\u202f: aucun interpréteur ne les lit.',
      ),
      env: Type.Optional(
        Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,63}$' }), Type.String({ maxLength: 1024 }), {
          description: 'Variables of its environment, beside PATH and LC_ALL=C.',
          fr: 'Variables de son environnement, en plus de PATH et LC_ALL=C.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { command: ['/usr/lib/nagios/plugins/check_disk', '-w', '20%', '-c', '10%', '-p', '/'] },
  distinguish: ({ command: [file = '', ...args] }) =>
    // Arguments may hold secrets: the first few tell two checks apart only once they are masked.
    maskSecrets([file.slice(file.lastIndexOf('/') + 1), ...args].join(' ')).slice(0, 100),
  create: ({ command, env }) => {
    const [file = '', ...args] = command;
    return async (ctx) => {
      const { code, stdout, stderr } = await ctx.exec(file, args, env && { env });
      const output = parsePluginOutput(stdout);
      const state = code !== null && code in STATUSES ? code : 3;
      return {
        points: [{ m: 'nagios_state', f: { state } }, ...toPoints(output.values)],
        statuses: [
          {
            check: ctx.name,
            status: STATUSES[state] ?? 'unknown',
            text: maskSecrets(output.firstLine || sayNothing(ctx, code, stderr)).slice(0, 512),
          },
        ],
      };
    };
  },
});

function toPoints(values: readonly PerfValue[]): Point[] {
  const points: Point[] = [];
  const seen = new Set<string>();
  for (const { label, unit, value, warning, critical, min, max } of values) {
    const perfdata = label.slice(0, 256);
    if (seen.has(perfdata) || points.length === MOST_VALUES) continue;
    seen.add(perfdata);
    points.push({
      m: 'nagios',
      t: { perfdata, ...(unit !== '' && { unit: unit.slice(0, 256) }) },
      f: {
        value,
        ...limits('warning', warning),
        ...limits('critical', critical),
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
      },
    });
  }
  return points;
}

/** Telegraf's names. An end that is endless has no field. */
function limits(name: string, range: Range | undefined): Record<string, number> {
  if (!range) return {};
  const [low, high] = range.isInside ? ['ge', 'le'] : ['lt', 'gt'];
  return {
    ...(range.low !== undefined && { [`${name}_${low}`]: range.low }),
    ...(range.high !== undefined && { [`${name}_${high}`]: range.high }),
  };
}

function sayNothing(ctx: CheckContext, code: number | null, stderr: string): string {
  const complaint = stderr.split('\n', 1)[0]?.trim() ?? '';
  const ended = code ?? 'signal';
  return complaint === ''
    ? ctx.say({
        fr: `La sonde n’a rien écrit (fin\u202f: ${ended}).`,
        en: `The plugin printed nothing (end: ${ended}).`,
      })
    : complaint;
}
