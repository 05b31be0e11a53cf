import { Type } from 'typebox';
import type { Status } from '../../protocol/status.ts';
import { definePlugin } from '../check.ts';
import { readSystemdServices, readWindowsServices, type ServiceState } from '../platform/services.ts';
import type { Words } from '../words.ts';

/** Whether services of the system are as they should be: units of systemd, services of Windows. */
export const plugin = definePlugin({
  type: 'service',
  title: { fr: 'Services du système', en: 'System services' },
  options: Type.Object(
    {
      services: Type.Array(
        Type.String({
          pattern: '^[A-Za-z0-9_][A-Za-z0-9_@$:.\\\\ -]{0,254}$',
          description: 'A service’s name, e.g. `cups`, `pos@3.service` or `Spooler`.',
          fr: 'Nom d’un service, par exemple `cups`, `pos@3.service` ou `Spooler`.',
        }),
        {
          minItems: 1,
          maxItems: 64,
          uniqueItems: true,
          description: 'Services to watch, as the system calls them.',
          fr: 'Services à surveiller, sous leur nom dans le système.',
        },
      ),
      state: Type.Optional(
        Type.Union([Type.Literal('running'), Type.Literal('stopped')], {
          default: 'running',
          description: 'How they all should be.',
          fr: 'L’état où ils doivent tous être.',
        }),
      ),
      severity: Type.Optional(
        Type.Union([Type.Literal('warning'), Type.Literal('critical')], {
          default: 'critical',
          description: 'What a service in another state is.',
          fr: 'Gravité d’un service dans un autre état.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { services: ['cups', 'pos'], state: 'running' },
  distinguish: ({ services }) => services.join(',').slice(0, 100),
  create: ({ services, state: expected = 'running', severity = 'critical' }) => {
    const onSystemd = readSystemdServices(services);
    const onWindows = readWindowsServices(services);
    return async (ctx) => {
      if (ctx.platform !== 'linux' && ctx.platform !== 'win32') {
        throw new Error(`services cannot be read on ${ctx.platform}`);
      }
      const found = await (ctx.platform === 'win32' ? onWindows : onSystemd)(ctx);
      const wrong = found.filter((service) => !isAs(service, expected));
      const isChanging = wrong.every(({ state }) => state === 'changing');
      const status: Status = wrong.length === 0 ? 'ok' : isChanging ? 'warning' : severity;
      const text = wrong.map((service) => ctx.say(tell(service))).join(', ');
      return {
        points: found.map(({ point }) => point),
        statuses: [{ check: ctx.name, status, ...(wrong.length > 0 && { text: `${text}.`.slice(0, 512) }) }],
      };
    };
  },
});

/** A service that should be stopped may as well not be there. */
const isAs = ({ state }: ServiceState, expected: 'running' | 'stopped'): boolean =>
  state === expected || (expected === 'stopped' && (state === 'missing' || state === 'failed'));

function tell({ name, state, word }: ServiceState): Words {
  switch (state) {
    case 'missing':
      return { fr: `« ${name} » n’existe pas`, en: `“${name}” does not exist` };
    case 'failed':
      return { fr: `« ${name} » est en échec (${word})`, en: `“${name}” has failed (${word})` };
    case 'running':
      return { fr: `« ${name} » est en marche (${word})`, en: `“${name}” runs (${word})` };
    case 'changing':
      return { fr: `« ${name} » démarre ou s’arrête (${word})`, en: `“${name}” is starting or stopping (${word})` };
    default:
      return { fr: `« ${name} » est arrêté (${word})`, en: `“${name}” is stopped (${word})` };
  }
}
