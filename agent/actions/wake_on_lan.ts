import { Type } from 'typebox';
import { ACTION_TITLES } from '../../protocol/actions.ts';
import { type ActionContext, defineAction } from '../action.ts';

const MAC_PATTERN = '^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}$';
const TIMES = 3;
const BETWEEN_MS = 200;
const LOOK_EVERY_MS = 1000;
const ANSWER_MS = 2000;

const Machine = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', description: 'What a command calls it.' }),
    mac: Type.String({ pattern: MAC_PATTERN, description: 'Address of its network card.' }),
    host: Type.Optional(
      Type.String({ minLength: 1, maxLength: 253, description: 'Where to look whether it is awake.' }),
    ),
    port: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_535, description: 'TCP port there that takes connections.' }),
    ),
  },
  { additionalProperties: false, description: 'A machine that may be woken.' },
);

/** Wakes a machine of the store's network with a magic packet, and sees whether it comes. */
export const plugin = defineAction({
  type: 'wake_on_lan',
  title: ACTION_TITLES.wake_on_lan,
  options: Type.Object(
    {
      machines: Type.Array(Machine, {
        minItems: 1,
        maxItems: 32,
        description: 'Machines that may be woken; a command chooses one by its name.',
      }),
      broadcast: Type.Optional(
        Type.String({
          format: 'ipv4',
          default: '255.255.255.255',
          description: 'Where to send it: the broadcast address of the machine’s network.',
        }),
      ),
      port: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 65_535, default: 9, description: 'UDP port it is sent to.' }),
      ),
      waitS: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 600,
          default: 0,
          description: 'Seconds to wait for a machine that has `host` and `port` to answer.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: {
    machines: [{ name: 'till-02', mac: '00:1b:21:3a:4f:5c', host: '10.1.2.12', port: 22 }],
    broadcast: '10.1.2.255',
    waitS: 90,
  },
  choices: ({ machines }) => ({ machine: machines.map(({ name }) => name) }),
  create({ machines, broadcast = '255.255.255.255', port = 9, waitS = 0 }) {
    const chosen = ({ args }: ActionContext) => {
      const machine = machines.find(({ name }) => name === args.machine);
      if (machine === undefined) throw new Error(`${args.machine} is not listed`);
      return machine;
    };
    const answers = async (ctx: ActionContext) => {
      const machine = chosen(ctx);
      if (machine.host === undefined || machine.port === undefined) return undefined;
      const met = ctx.connect(machine.host, machine.port).then(
        () => true,
        () => false,
      );
      // A machine that is off says nothing at all.
      return Promise.race([met, ctx.wait(ANSWER_MS).then(() => false)]);
    };
    return {
      async look(ctx) {
        const { name, mac } = chosen(ctx);
        const isAwake = await answers(ctx);
        const told = {
          true: { fr: 'répond', en: 'answers' },
          false: { fr: 'ne répond pas', en: 'gives no answer' },
          undefined: { fr: 'état inconnu (ni host ni port)', en: 'not known (neither host nor port)' },
        }[`${isAwake}`];
        // Where it is not waited for, it cannot be up already.
        return { text: `${name} (${mac}): ${ctx.say(told)}`, ...(waitS > 0 && isAwake === false && { isGood: false }) };
      },
      async act(ctx) {
        const { mac } = chosen(ctx);
        for (let n = 0; n < TIMES; n++) {
          if (n > 0) await ctx.wait(BETWEEN_MS);
          await ctx.broadcast(magicPacket(mac), broadcast, port);
        }
        const until = ctx.monotonicMs() + waitS * 1000;
        while (ctx.monotonicMs() < until && (await answers(ctx)) === false) await ctx.wait(LOOK_EVERY_MS);
        return ctx.say({
          fr: `${TIMES} paquets envoyés à ${broadcast}:${port}`,
          en: `${TIMES} packets sent to ${broadcast}:${port}`,
        });
      },
    };
  },
});

/** Six bytes of ones, and the address sixteen times. */
function magicPacket(mac: string): Uint8Array {
  const address = Buffer.from(mac.replace(/[:-]/g, ''), 'hex');
  return Buffer.concat([Buffer.alloc(6, 0xff), ...Array.from({ length: 16 }, () => address)]);
}
