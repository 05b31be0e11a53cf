import { type Static, Type } from 'typebox';
import type { Locale } from './inventory.ts';

/** The ready actions by type, as people know them. */
export const ACTION_TITLES = {
  clear_spool: { fr: 'Vider une file d’impression', en: 'Clear a print spool' },
  restart_service: { fr: 'Relancer un service', en: 'Restart a service' },
  restart_spooler: { fr: 'Relancer le spouleur d’impression', en: 'Restart the print spooler' },
  rotate_log: { fr: 'Faire tourner un journal', en: 'Rotate a log' },
  wake_on_lan: { fr: 'Réveiller une machine par le réseau', en: 'Wake a machine over the network' },
} as const satisfies Readonly<Record<string, Record<Locale, string>>>;

export type ActionType = keyof typeof ACTION_TITLES;

/** What an action is called on the agent that allows it. */
export const ACTION_NAME_PATTERN = '^[a-z][a-z0-9_]{0,63}$';

/** Values that one argument may take: no other is accepted. */
export const MOST_CHOICES = 32;

/** An action that an agent allows, as it says it in its birth. */
export const AllowedAction = Type.Object(
  {
    name: Type.String({ pattern: ACTION_NAME_PATTERN, description: 'What a command calls it.' }),
    type: Type.String({ maxLength: 64, description: 'What it does: one of the ready actions.' }),
    timeoutS: Type.Integer({ minimum: 1, maximum: 3600, description: 'Seconds it may take.' }),
    args: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 64 }),
        Type.Array(Type.String({ maxLength: 256 }), { maxItems: MOST_CHOICES }),
        { additionalProperties: false, maxProperties: 16, description: 'What a command may choose, by argument.' },
      ),
    ),
  },
  { additionalProperties: false, description: 'An action the agent’s own configuration allows.' },
);
export type AllowedAction = Static<typeof AllowedAction>;
