import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRig } from './rig.ts';

const PER_DAY = 2;
const DAY_MS = 86_400_000;
const SERVICES = Array.from({ length: 30 }, (_, n) => `s${n}`);

type Step =
  | { do: 'new'; takesMs: number }
  | { do: 'again'; which: number }
  | { do: 'pass'; ms: number }
  | { do: 'kill' }
  | { do: 'kill at write'; write: number; isKept: boolean }
  | { do: 'disk refuses'; writes: number }
  | { do: 'link'; isThere: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('new' as const), takesMs: fc.constantFrom(0, 0, 0, 1500) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('again' as const), which: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 500, 5_000, 70_000, 70_000, DAY_MS / 3),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'kill' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('kill at write' as const),
      write: fc.integer({ min: 1, max: 4 }),
      isKept: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('disk refuses' as const), writes: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('link' as const), isThere: fc.boolean() }) },
);

test('whatever comes and whatever is killed, no command runs twice and no budget is exceeded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      let text: string | undefined;
      /** Which run of the agent is alive: what an earlier one still does happens no more. */
      let alive = 0;
      let killAt: { write: number; isKept: boolean } | undefined;
      let refusals = 0;
      const runs: { service: string; at: number }[] = [];
      let takesMs = 0;
      const shelfOf = (run: number) => ({
        read: () => text,
        write(next: string) {
          if (run !== alive) throw new Error('killed');
          if (refusals > 0) {
            refusals -= 1;
            throw new Error('no space left on device');
          }
          const dies = killAt !== undefined && --killAt.write === 0;
          if (!dies || killAt?.isKept) text = next;
          if (!dies) return;
          killAt = undefined;
          alive += 1;
          throw new Error('killed');
        },
      });
      const rig = createRig({
        shelf: () => shelfOf(alive),
        actions: [
          {
            perDay: PER_DAY,
            choices: { service: SERVICES },
            action: {
              look: async () => ({ text: '' }),
              async act({ args }) {
                runs.push({ service: args.service ?? '', at: rig.clock.now() });
                await new Promise<void>((resolve) => rig.clock.after(takesMs, resolve));
                return '';
              },
            },
          },
        ],
      });
      let running = { commands: rig.commands, run: alive };
      const sent: Uint8Array[] = [];
      const settle = async () => {
        await rig.clock.advance(0);
        await rig.clock.advance(0);
        if (alive !== running.run) running = { commands: rig.restart(), run: alive };
      };
      for (const one of steps) {
        if (one.do === 'new' && sent.length < SERVICES.length) {
          takesMs = one.takesMs;
          const payload = rig.signed({ id: `command-${sent.length}`, args: { service: `s${sent.length}` } });
          sent.push(payload);
          running.commands.hear(payload);
        }
        const old = one.do === 'again' ? sent[one.which % Math.max(1, sent.length)] : undefined;
        if (old) running.commands.hear(old);
        if (one.do === 'pass') await rig.clock.advance(one.ms);
        if (one.do === 'kill') alive += 1;
        if (one.do === 'kill at write') killAt = { ...one };
        if (one.do === 'disk refuses') refusals = one.writes;
        if (one.do === 'link') {
          rig.broker.isThere = one.isThere;
          if (one.isThere) running.commands.connected();
        }
        await settle();
      }
      expect(new Set(runs.map(({ service }) => service)).size).toBe(runs.length);
      for (const { at } of runs) {
        expect(runs.filter((other) => other.at <= at && other.at > at - DAY_MS).length).toBeLessThanOrEqual(PER_DAY);
      }
      // What is answered at all is answered as done only where it ran.
      for (const { id, state } of rig.replies) {
        if (state === 'done') expect(runs.map(({ service }) => service)).toContain(id.replace('command-', 's'));
      }
    }),
    { numRuns: 300 },
  );
});
