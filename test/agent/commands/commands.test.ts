import { Check } from 'typebox/schema';
import { describe, expect, test } from 'vitest';
import { Reply } from '../../../protocol/commands.ts';
import { createRig, memoryShelf, stranger } from './rig.ts';

describe('what is done', () => {
  test('a signed command that is allowed runs, and is answered with before, after and output', async () => {
    const rig = createRig();
    const reply = await rig.hear(rig.signed({ id: 'aaaaaaaa-1' }));
    expect(rig.ran).toEqual(['posd']);
    expect(reply).toEqual({
      v: 1,
      id: 'aaaaaaaa-1',
      at: rig.clock.now(),
      state: 'done',
      action: 'restart_pos',
      durationMs: 0,
      before: 'run 0 times',
      after: 'run 1 times',
      output: 'did it',
    });
    expect(Check(Reply, reply)).toBe(true);
  });

  test('what it prints is bounded, and secrets in it are masked', async () => {
    const rig = createRig({
      actions: [
        {
          action: {
            look: async () => ({ text: `token=abc ${'x'.repeat(600)}` }),
            act: async () => `password=hunter2 ${'y'.repeat(5000)}`,
          },
        },
      ],
    });
    const reply = await rig.hear(rig.signed());
    expect(reply?.output).toHaveLength(4096);
    expect(reply?.before).toHaveLength(512);
    expect(JSON.stringify(reply)).not.toMatch(/hunter2|abc/);
    expect(Check(Reply, reply)).toBe(true);
  });

  test('an action that fails, or that does not help, has failed', async () => {
    const fails = createRig({
      actions: [{ action: { look: async () => ({ text: 'down' }), act: async () => Promise.reject(new Error('no')) } }],
    });
    expect(await fails.hear(fails.signed())).toMatchObject({
      state: 'failed',
      error: 'no',
      before: 'down',
      after: 'down',
    });
    const useless = createRig({
      actions: [{ action: { look: async () => ({ text: 'down', isGood: false }), act: async () => 'ok' } }],
    });
    expect(await useless.hear(useless.signed())).toMatchObject({ state: 'failed', error: /effect/ });
  });

  test('what takes too long is told to stop; what does not listen is given up', async () => {
    let heard = false;
    const rig = createRig({
      actions: [
        {
          timeoutMs: 5_000,
          action: {
            look: async () => ({ text: 'x' }),
            act: (ctx) => {
              ctx.signal.addEventListener('abort', () => {
                heard = true;
              });
              return new Promise(() => {});
            },
          },
        },
      ],
    });
    await rig.hear(rig.signed());
    await rig.clock.advance(5_000);
    expect(heard).toBe(true);
    await rig.clock.advance(2_000);
    expect(rig.replies).toMatchObject([{ state: 'failed', error: 'stopped after 5 s, the time it had' }]);
  });

  test('an agent that stops kills what runs, and says so', async () => {
    const rig = createRig({
      actions: [
        {
          action: {
            look: async () => ({ text: 'x' }),
            act: ({ signal }) =>
              new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
          },
        },
      ],
    });
    await rig.hear(rig.signed());
    await rig.commands.stop();
    expect(rig.replies).toMatchObject([{ state: 'failed', error: /agent stopped/ }]);
  });
});

describe('what is refused, and answered', () => {
  const refusalOf = async (rig: ReturnType<typeof createRig>, payload: Uint8Array) => {
    const before = rig.ran.length;
    const reply = await rig.hear(payload);
    expect(rig.ran).toHaveLength(before);
    expect(reply?.state).toBe('refused');
    expect(Check(Reply, reply)).toBe(true);
    return reply;
  };

  test('unsigned: any bytes, a bare command, a stranger’s signature, another purpose, a changed body', async () => {
    for (const make of [
      (rig: ReturnType<typeof createRig>) => rig.signed({ id: 'aaaaaaaa-1' }, stranger),
      (rig: ReturnType<typeof createRig>) => Buffer.from(JSON.stringify(rig.command({ id: 'aaaaaaaa-1' }))),
    ]) {
      const rig = createRig();
      expect(await refusalOf(rig, make(rig))).toMatchObject({ refusal: 'unsigned', id: 'aaaaaaaa-1' });
    }
    const rig = createRig();
    expect(await refusalOf(rig, Buffer.from([0, 255, 1]))).toMatchObject({ refusal: 'unsigned', id: 'unread-0' });
    const config = JSON.parse(String(rig.signed()));
    const changed = { ...config, body: config.body.replace('restart_pos', 'restart_all') };
    expect(await refusalOf(rig, Buffer.from(JSON.stringify(changed)))).toMatchObject({ refusal: 'unsigned' });
  });

  test('unsigned, when the key of the server cannot be read, with the reason', async () => {
    const rig = createRig({
      publicKey: () => {
        throw new Error('ENOENT: signing.pub');
      },
    });
    expect(await refusalOf(rig, rig.signed())).toMatchObject({ refusal: 'unsigned', error: /signing\.pub/ });
    const nonsense = createRig({ publicKey: () => 'no key at all' });
    expect(await refusalOf(nonsense, nonsense.signed())).toMatchObject({ refusal: 'unsigned' });
  });

  test('for another device', async () => {
    const rig = createRig();
    expect(await refusalOf(rig, rig.signed({ to: 'brico/lyon-01/till-02' }))).toMatchObject({
      refusal: 'not-for-me',
      error: 'it is for brico/lyon-01/till-02',
    });
  });

  test('expired, and by which clock', async () => {
    const rig = createRig();
    const now = rig.clock.now();
    expect(await refusalOf(rig, rig.signed({ at: now - 90_000, expiresAt: now - 30_000 }))).toMatchObject({
      refusal: 'expired',
      error: /expired 30 s ago.*this clock is fast/,
    });
    expect(await refusalOf(rig, rig.signed({ at: now + 300_000, expiresAt: now + 360_000 }))).toMatchObject({
      refusal: 'expired',
      error: /made 300 s in the future.*clock is slow/,
    });
  });

  test('repeated, also after a restart and after its expiry', async () => {
    const rig = createRig();
    const payload = rig.signed();
    expect((await rig.hear(payload))?.state).toBe('done');
    expect(await refusalOf(rig, payload)).toMatchObject({ refusal: 'repeated' });
    const again = rig.restart();
    await rig.hear(payload, again);
    expect(rig.replies.at(-1)).toMatchObject({ refusal: 'repeated' });
    await rig.clock.advance(61_000);
    await rig.hear(payload, again);
    expect(rig.replies.at(-1)).toMatchObject({ refusal: 'expired' });
    rig.clock.set(rig.clock.now() - 60_000);
    await rig.hear(payload, again);
    expect(rig.replies.at(-1)).toMatchObject({ refusal: 'repeated' });
    expect(rig.ran).toHaveLength(1);
  });

  test('a refused command is no more to be had later either', async () => {
    const rig = createRig({ actions: [{ perDay: 1 }] });
    await rig.hear(rig.signed());
    const payload = rig.signed();
    expect(await refusalOf(rig, payload)).toMatchObject({ refusal: 'budget-spent', error: /already 1 times/ });
    expect(await refusalOf(rig, payload)).toMatchObject({ refusal: 'repeated' });
  });

  test('unknown, and arguments that are not listed', async () => {
    const rig = createRig({ actions: [{ choices: { service: ['posd', 'cupsd'] } }] });
    expect(await refusalOf(rig, rig.signed({ action: 'format_disk' }))).toMatchObject({
      refusal: 'unknown-action',
      action: 'format_disk',
    });
    for (const args of [{ service: 'sshd' }, {}, { service: 'posd', flags: '--force' }]) {
      expect(await refusalOf(rig, rig.signed({ args }))).toMatchObject({ refusal: 'not-allowed' });
    }
    expect((await rig.hear(rig.signed({ args: { service: 'cupsd' } })))?.state).toBe('done');
    expect(rig.ran).toEqual(['cupsd']);
  });

  test('signed, but of a shape that this agent does not know', async () => {
    const rig = createRig();
    const odd = rig.signed({ v: 2 as 1, id: 'aaaaaaaa-9' });
    expect(await refusalOf(rig, odd)).toMatchObject({ refusal: 'unknown-action', id: 'aaaaaaaa-9' });
  });

  test('the budget is of 24 hours, and outlives a restart', async () => {
    const rig = createRig({ actions: [{ perDay: 2 }] });
    await rig.hear(rig.signed());
    await rig.clock.advance(3_600_000);
    await rig.hear(rig.signed());
    const again = rig.restart();
    await rig.hear(rig.signed(), again);
    expect(rig.replies.at(-1)).toMatchObject({ refusal: 'budget-spent' });
    await rig.clock.advance(82_800_000);
    await rig.hear(rig.signed(), again);
    expect(rig.replies.at(-1)).toMatchObject({ state: 'done' });
    await rig.hear(rig.signed(), again);
    expect(rig.replies.at(-1)).toMatchObject({ refusal: 'budget-spent' });
    expect(rig.ran).toHaveLength(3);
  });

  test('one at a time', async () => {
    let finish = () => {};
    const rig = createRig({
      actions: [
        {
          action: {
            look: async () => ({ text: 'x' }),
            act: () =>
              new Promise((resolve) => {
                finish = () => resolve('');
              }),
          },
        },
      ],
    });
    await rig.hear(rig.signed());
    const second = rig.signed();
    expect(await refusalOf(rig, second)).toMatchObject({ refusal: 'busy' });
    expect(await refusalOf(rig, second)).toMatchObject({ refusal: 'repeated' });
    finish();
    await rig.clock.advance(0);
    await rig.clock.advance(0);
    expect(rig.replies.at(-1)).toMatchObject({ state: 'done', id: 'command-0' });
  });

  test('while a sale is open, and while nobody can say; it costs nothing of the budget', async () => {
    const answers: (number | Error)[] = [0, 7, new Error('ENOENT'), 1];
    const rig = createRig({
      actions: [{ notWhileSelling: true, perDay: 1 }],
      sale: { command: ['/usr/bin/pos-status', '--sale'] },
      context: {
        exec: async () => {
          const code = answers.shift();
          if (code instanceof Error) throw code;
          return { code: code ?? null, stdout: '', stderr: '' };
        },
      },
    });
    expect(await refusalOf(rig, rig.signed())).toMatchObject({ refusal: 'selling', error: 'a sale is open' });
    expect(await refusalOf(rig, rig.signed())).toMatchObject({ refusal: 'selling', error: /cannot be told/ });
    expect(await refusalOf(rig, rig.signed())).toMatchObject({ refusal: 'selling', error: /ENOENT/ });
    expect((await rig.hear(rig.signed()))?.state).toBe('done');
  });

  test('a flood of strangers is answered a few times and counted', async () => {
    const rig = createRig();
    for (let n = 0; n < 500; n++) await rig.hear(Buffer.from(`nonsense ${n}`));
    expect(rig.replies).toHaveLength(5);
    expect((await rig.hear(rig.signed()))?.state).toBe('done');
    await rig.clock.advance(60_000);
    expect((await rig.hear(Buffer.from('more')))?.error).toMatch(/and 495 other messages/);
    expect(rig.replies).toHaveLength(7);
  });
});

describe('replies', () => {
  test('wait on disk for a connection, in order, and go out once', async () => {
    const rig = createRig();
    rig.broker.isThere = false;
    await rig.hear(rig.signed({ id: 'aaaaaaaa-1' }));
    await rig.hear(rig.signed({ id: 'aaaaaaaa-2' }));
    expect(rig.replies).toEqual([]);
    rig.broker.isThere = true;
    const again = rig.restart();
    again.connected();
    await rig.clock.advance(0);
    expect(rig.replies.map(({ id }) => id)).toEqual(['aaaaaaaa-1', 'aaaaaaaa-2']);
    again.connected();
    await rig.clock.advance(0);
    expect(rig.replies).toHaveLength(2);
  });

  test('those nobody asked for make room first', async () => {
    const rig = createRig({ actions: [{ perDay: 100 }] });
    rig.broker.isThere = false;
    await rig.hear(Buffer.from('nonsense'));
    for (let n = 0; n < 100; n++) await rig.hear(rig.signed());
    rig.broker.isThere = true;
    rig.commands.connected();
    for (let n = 0; n < 100; n++) await rig.clock.advance(0);
    expect(rig.replies).toHaveLength(100);
    expect(rig.replies.some(({ refusal }) => refusal === 'unsigned')).toBe(false);
  });

  test('a command whose agent was killed in the middle is answered at the next start, and not run again', async () => {
    const rig = createRig({
      actions: [{ action: { look: async () => ({ text: 'x' }), act: () => new Promise(() => {}) } }],
    });
    const payload = rig.signed({ id: 'aaaaaaaa-1' });
    await rig.hear(payload);
    const again = rig.restart();
    await rig.clock.advance(0);
    expect(rig.replies).toMatchObject([{ id: 'aaaaaaaa-1', state: 'failed', error: /what was done is not known/ }]);
    await rig.hear(payload, again);
    expect(rig.replies.at(-1)).toMatchObject({ refusal: 'repeated' });
  });
});

describe('a disk that refuses', () => {
  test('what cannot be written down is not done', async () => {
    const shelf = memoryShelf();
    const rig = createRig({ shelf });
    shelf.refuses = true;
    await rig.hear(rig.signed());
    expect(rig.ran).toEqual([]);
    shelf.refuses = false;
    expect((await rig.hear(rig.signed()))?.state).toBe('done');
  });

  test('a record that was damaged: commands from before are refused, later ones run', async () => {
    const shelf = memoryShelf();
    shelf.text = '{"v":1,"seen"';
    const rig = createRig({ shelf });
    const old = rig.clock.now() - 10_000;
    expect(await rig.hear(rig.signed({ at: old, expiresAt: old + 60_000 }))).toMatchObject({ refusal: 'repeated' });
    expect((await rig.hear(rig.signed()))?.state).toBe('done');
  });
});
