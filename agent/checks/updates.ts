import { Type } from 'typebox';
import { definePlugin } from '../check.ts';
import { countPendingUpdates } from '../platform/pending-updates.ts';

/**
 * Updates that wait, and those of them that mend security, as the system last heard of them: nothing is downloaded. It
 * judges nothing: how many and how long is for a rule to say.
 */
export const plugin = definePlugin({
  type: 'updates',
  title: { fr: 'Mises à jour en attente', en: 'Pending updates' },
  options: Type.Object(
    {
      security: Type.Optional(
        Type.Boolean({
          default: false,
          description:
            'Whether a pending security update is a warning by itself. The check is slow: run it every few hours (`everyS: 21600`, `timeoutMs: 60000`).',
          fr: 'Si une mise à jour de sécurité en attente est un avertissement à elle seule. La mesure est lente\u202f: quelques fois par jour suffisent (`everyS: 21600`, `timeoutMs: 60000`).',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { security: true },
  create:
    ({ security: warns = false }) =>
    async (ctx) => {
      const { manager, pending, security, refreshedAt } = await countPendingUpdates(ctx);
      const age = refreshedAt === undefined ? undefined : Math.max(0, (ctx.now() - refreshedAt) / 1000);
      return {
        points: [
          {
            m: 'updates',
            t: { manager },
            f: { pending, security, ...(age !== undefined && { refresh_age_seconds: Math.round(age) }) },
          },
        ],
        statuses:
          warns && security > 0
            ? [
                {
                  check: ctx.name,
                  status: 'warning',
                  text: ctx.say({
                    fr: `Mises à jour de sécurité en attente\u202f: ${security} sur ${pending}.`,
                    en: `Security updates pending: ${security} of ${pending}.`,
                  }),
                },
              ]
            : [{ check: ctx.name, status: 'ok' }],
      };
    },
});
