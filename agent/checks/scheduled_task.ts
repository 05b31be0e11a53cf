import { Type } from 'typebox';
import { definePlugin } from '../check.ts';
import { readTimer, readWindowsTask, type ScheduledTask } from '../platform/scheduled-tasks.ts';
import type { Words } from '../words.ts';

/** How a task the system starts by itself ended the last time, and whether it still comes round: systemd's timers, Windows' tasks. */
export const plugin = definePlugin({
  type: 'scheduled_task',
  title: { fr: 'Tâche planifiée', en: 'Scheduled task' },
  options: Type.Object(
    {
      task: Type.String({
        pattern: '^[^\\s\\-\\u0000-\\u001f][^\\u0000-\\u001f]*$',
        maxLength: 255,
        description: 'A timer of systemd, e.g. `backup.timer`, or a task of Windows, e.g. `\\Shop\\Backup`.',
        fr: 'Une minuterie de systemd, par exemple `backup.timer`, ou une tâche de Windows, par exemple `\\Magasin\\Sauvegarde`.',
      }),
      maxAgeS: Type.Optional(
        Type.Integer({
          minimum: 60,
          maximum: 31_536_000,
          description: 'Seconds since it last succeeded, at most.',
          fr: 'Secondes depuis sa dernière réussite, au plus.',
        }),
      ),
      severity: Type.Optional(
        Type.Union([Type.Literal('warning'), Type.Literal('critical')], {
          default: 'critical',
          description: 'What a failed, missed or missing task is.',
          fr: 'Gravité d’une tâche en échec, manquée ou introuvable.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { task: 'backup.timer', maxAgeS: 93_600, severity: 'warning' },
  distinguish: ({ task }) => task.slice(-100),
  create: ({ task: name, maxAgeS, severity = 'critical' }) => {
    // A system tells its last run alone: after a failure the success before it is known from here.
    let succeededAt: number | undefined;
    return async (ctx) => {
      if (ctx.platform !== 'linux' && ctx.platform !== 'win32') {
        throw new Error(`scheduled tasks cannot be read on ${ctx.platform}`);
      }
      const task = await (ctx.platform === 'win32' ? readWindowsTask : readTimer)(ctx, name);
      const { state, result, startedAt, endedAt, nextAt } = task;
      if (result?.succeeded) succeededAt = endedAt ?? startedAt;
      const age = (at: number) => Math.max(0, Math.round((ctx.now() - at) / 1000));
      const fields = {
        ...(result && { last_result: result.code, succeeded: result.succeeded ? 1 : 0 }),
        ...(startedAt !== undefined && { last_run_age_seconds: age(startedAt) }),
        ...(succeededAt !== undefined && { last_success_age_seconds: age(succeededAt) }),
        ...(nextAt !== undefined && { next_run_seconds: Math.round((nextAt - ctx.now()) / 1000) }),
        ...(state !== 'missing' && { enabled: state === 'off' ? 0 : 1 }),
      };
      // One that began long ago and never ended is as late as one that never began.
      const since = succeededAt ?? startedAt;
      const isLate = maxAgeS !== undefined && since !== undefined && age(since) > maxAgeS;
      const fault = findFault(task, isLate ? age(since) : undefined);
      return {
        points: Object.keys(fields).length === 0 ? [] : [{ m: 'scheduled_task', t: { task: name }, f: fields }],
        statuses: [
          fault
            ? { check: ctx.name, status: severity, text: ctx.say(sentence(name, fault)).slice(0, 512) }
            : { check: ctx.name, status: 'ok' },
        ],
      };
    };
  },
});

function findFault({ state, result }: ScheduledTask, lateS: number | undefined): Words | undefined {
  if (state === 'missing') return { fr: 'n’existe pas', en: 'does not exist' };
  if (result && !result.succeeded) {
    const code = result.code > 255 ? `0x${result.code.toString(16)}` : String(result.code);
    const reason = result.reason ? `, ${result.reason}` : '';
    return { fr: `a échoué (code ${code}${reason})`, en: `failed (code ${code}${reason})` };
  }
  if (state === 'off') return { fr: 'est désactivée', en: 'is disabled' };
  if (lateS === undefined) return undefined;
  const hours = Math.floor(lateS / 3600);
  return {
    fr: `n’a pas réussi depuis ${hours > 0 ? `${hours} h` : `${Math.floor(lateS / 60)} min`}`,
    en: `has not succeeded for ${hours > 0 ? `${hours} h` : `${Math.floor(lateS / 60)} min`}`,
  };
}

const sentence = (name: string, { fr, en }: Words): Words => ({
  fr: `La tâche « ${name} » ${fr}.`,
  en: `The task “${name}” ${en}.`,
});
