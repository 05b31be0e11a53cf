import { type Static, Type } from 'typebox';
import type { CheckContext } from './check.ts';
import { valueAt } from './parsers/json-path.ts';

/** What a check may ask another program for: a command, run without a shell. */
export const Command = (description: string, fr: string) =>
  Type.Array(Type.String({ maxLength: 1024 }), { minItems: 1, maxItems: 32, description, fr });

/** Where in a text a value stands. */
export const Place = (description: string, fr: string) =>
  Type.Object(
    {
      jsonPath: Type.Optional(
        Type.String({
          pattern: '^[^.\\s]+(\\.[^.\\s]+)*$',
          maxLength: 256,
          description: 'Where it stands in a text in JSON, e.g. `tse.unsent`.',
          fr: 'Son emplacement dans un texte JSON, par exemple `tse.unsent`.',
        }),
      ),
      pattern: Type.Optional(
        Type.String({
          maxLength: 512,
          format: 'regex',
          description: 'Regular expression whose first group is the value.',
          fr: 'Expression régulière dont le premier groupe est la valeur.',
        }),
      ),
    },
    {
      additionalProperties: false,
      oneOf: [{ required: ['jsonPath'] }, { required: ['pattern'] }],
      description: `${description} Give \`jsonPath\` or \`pattern\`.`,
      fr: `${fr} Donner \`jsonPath\` ou \`pattern\`.`,
    },
  );
export type Place = Static<ReturnType<typeof Place>>;

/** The value at a place, as text; undefined where there is none. */
export function findValue(text: string, { jsonPath, pattern }: Place): string | undefined {
  if (jsonPath !== undefined) {
    const value = valueAt(text, jsonPath);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }
  return new RegExp(pattern ?? '', 'm').exec(text)?.[1];
}

/** A number as people and programs write it; undefined where it is none. */
export function toNumber(text: string | undefined): number | undefined {
  const number = Number((text ?? '').trim().replace(',', '.'));
  return text === undefined || text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}

/** What a command printed. Rejects when it fails; what it then said is left out, since nobody knows what is in it. */
export async function runCommand(ctx: CheckContext, [file = '', ...args]: readonly string[]): Promise<string> {
  const { code, stdout } = await ctx.exec(file, args);
  if (code !== 0) {
    const ended =
      code === null ? { fr: 'par un signal', en: 'by a signal' } : { fr: `par ${code}`, en: `with ${code}` };
    throw new Error(ctx.say({ fr: `${file} s’est terminé ${ended.fr}`, en: `${file} ended ${ended.en}` }));
  }
  return stdout;
}
