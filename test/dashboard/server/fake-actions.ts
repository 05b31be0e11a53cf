import { ActionError, type ActionPort, ChoiceError, type CommandView } from '../../../dashboard/ports/actions.ts';

const NOW = Date.UTC(2026, 10, 2, 9, 0);

const COMMAND: CommandView = {
  id: '3',
  device: 'acme/lyon-01/till-2',
  state: 'done',
  at: NOW - 5_000,
  asked: true,
  action: 'restart_pos',
  args: { service: 'posd' },
  by: 'the-operator',
  why: 'frozen',
  incident: 7,
  expiresAt: NOW + 55_000,
  repliedAt: NOW,
  reply: { at: NOW, action: 'restart_pos', durationMs: 900, before: 'failed', after: 'active' },
};

/** Actions of one device that is there, and of none other. */
export const fakeActions = (calls: unknown[][]): ActionPort => ({
  publicKey: '-----BEGIN PUBLIC KEY-----\n',
  allowed: async (device) =>
    device === COMMAND.device
      ? {
          online: true,
          actions: [
            {
              name: 'restart_pos',
              type: 'restart_service',
              title: { fr: 'Relancer un service', en: 'Restart a service' },
              timeoutS: 60,
              args: { service: ['posd', 'cupsd'] },
            },
          ],
        }
      : undefined,
  async ask(request) {
    calls.push(['ask', request]);
    if (request.action !== 'restart_pos') throw new ActionError('no-such-action');
    if (request.incident === 8) throw new ActionError('incident-resolved');
    if (request.args.service === undefined) throw new ChoiceError('service', ['posd', 'cupsd']);
    return { ...COMMAND, state: 'sent' };
  },
  async list(query) {
    calls.push(['commands', query]);
    return [COMMAND];
  },
  get: async (device, id) => (device === COMMAND.device && id === COMMAND.id ? COMMAND : undefined),
});
