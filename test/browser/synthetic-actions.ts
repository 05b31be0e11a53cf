import type { AllowedActionView, CommandView } from '../../dashboard/ports.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { TimelineEntry } from '../../protocol/views.ts';

const MINUTE_MS = 60_000;

export const ALLOWED: AllowedActionView[] = [
  {
    name: 'restart_pos',
    type: 'restart_service',
    title: { fr: 'Relancer un service', en: 'Restart a service' },
    timeoutS: 60,
    args: { service: ['posd.service', 'pos-sync.service'] },
  },
  {
    name: 'restart_printing',
    type: 'restart_spooler',
    title: { fr: 'Relancer l’impression', en: 'Restart printing' },
    timeoutS: 60,
    args: {},
  },
  {
    name: 'rotate_pos_log',
    type: 'rotate_log',
    title: { fr: 'Mettre un journal de côté', en: 'Put a log aside' },
    timeoutS: 60,
    args: { file: ['/var/log/pos/pos.log'] },
  },
];

const OUTPUT = `● posd.service - Point of sale
     Loaded: loaded (/etc/systemd/system/posd.service; enabled)
     Active: active (running) since Sun 2026-11-22 09:41:07 CET; 3s ago
   Main PID: 20417 (posd)
      Tasks: 14
     Memory: 212.4M
Nov 22 09:41:07 till-2 posd[20417]: database opened, token=***
Nov 22 09:41:08 till-2 posd[20417]: ready on port 8443
`;

/** What a device was told before: one that helped, one that was refused, one that nobody here asked for. */
export function makeCommands(device: DeviceKey, now: number): CommandView[] {
  const ask = { device, asked: true, action: 'restart_pos', args: { service: 'posd.service' } };
  return [
    {
      ...ask,
      id: '31',
      state: 'done',
      at: now - 48 * MINUTE_MS,
      by: 'Nadia',
      why: 'Écran figé depuis 9 h 30',
      reply: {
        at: now - 48 * MINUTE_MS + 3_400,
        action: 'restart_pos',
        durationMs: 3_212,
        before: 'failed, since 09:32',
        after: 'active (running)',
        output: OUTPUT,
      },
    },
    {
      ...ask,
      id: '30',
      state: 'refused',
      at: now - 52 * MINUTE_MS,
      by: 'Nadia',
      why: 'Écran figé',
      reply: { at: now - 52 * MINUTE_MS + 200, refusal: 'selling' },
    },
    {
      ...ask,
      id: '27',
      action: 'rotate_pos_log',
      args: { file: '/var/log/pos/pos.log' },
      state: 'failed',
      at: now - 26 * 60 * MINUTE_MS,
      by: 'Karim',
      why: 'Disque plein',
      reply: {
        at: now - 26 * 60 * MINUTE_MS,
        action: 'rotate_pos_log',
        durationMs: 41,
        before: '1.9 GB',
        error: 'EACCES: permission denied, rename',
      },
    },
    {
      device,
      id: 'x-9',
      state: 'refused',
      asked: false,
      at: now - 4 * 24 * 60 * MINUTE_MS,
      reply: { at: now, refusal: 'unsigned' },
    },
  ];
}

/** What a new command comes to. */
export const outcomeOf = (command: CommandView): CommandView => ({
  ...command,
  state: 'done',
  repliedAt: command.at + 2_100,
  reply: {
    at: command.at + 2_100,
    ...(command.action !== undefined && { action: command.action }),
    durationMs: 2_040,
    before: 'failed',
    after: 'active (running)',
    output: OUTPUT,
  },
});

/** The lines a command leaves in its incident. */
export function timelineOf({
  id,
  device,
  action = '',
  by = '',
  why = '',
  at,
  state,
  reply,
}: CommandView): TimelineEntry[] {
  const params = { id, action, device };
  const asked: TimelineEntry = { at, reason: { code: 'action.asked', params: { ...params, by, why } } };
  if (state === 'sent') return [asked];
  const { before = '', after = '', output = '' } = reply ?? {};
  return [asked, { at: at + 2_100, reason: { code: 'action.done', params: { ...params, before, after, output } } }];
}
