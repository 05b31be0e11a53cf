import { describe, expect, test } from 'vitest';
import { readSigned } from '../../../agent/read-signed.ts';
import { Commander, commandState } from '../../../collector/commands/commander.ts';
import type { AuditEntry, KeptCommand } from '../../../collector/ports.ts';
import { createSigner } from '../../../collector/signer.ts';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import { Command, type Reply } from '../../../protocol/commands.ts';
import type { Reason } from '../../../protocol/reasons.ts';

const NOW = 1_800_000_000_000;
const TILL = 'brico/lyon-01/till-01' as const;
const ASKED = {
  device: TILL,
  action: 'restart_pos',
  args: { service: 'posd' },
  timeoutS: 60,
  by: 'zoe',
  why: 'frozen',
  incident: 7,
};

function createDesk(publishes: () => Promise<void> = async () => {}) {
  const state = openSqliteStateStore(':memory:');
  const signer = createSigner(Buffer.alloc(32, 1));
  const published: [string, string][] = [];
  const told: [number, Reason][] = [];
  let id = 0;
  const commander = new Commander({
    store: state.commands,
    signer,
    async publish(topic, payload) {
      await publishes();
      published.push([topic, payload]);
    },
    tellIncident: async (number, reason) => void told.push([number, reason]),
    newId: () => `command-${id++}`,
    now: () => NOW,
  });
  const audit = async (): Promise<AuditEntry[]> => (await state.auditLog(100)).toReversed();
  return { state, signer, published, told, commander, audit };
}

const done: Reply = {
  v: 1,
  id: 'command-0',
  at: NOW,
  state: 'done',
  action: 'restart_pos',
  before: 'failed',
  after: 'active',
  output: 'ok',
};

describe('commander', () => {
  test('a command is kept, audited with who and why, signed, sent to its agent alone, and told the incident', async () => {
    const { commander, published, signer, told, audit, state } = createDesk();
    const kept = await commander.ask(ASKED);
    expect(commandState(kept, NOW)).toBe('sent');
    expect(await state.commands.get(TILL, 'command-0')).toEqual(kept);
    const [[topic, payload] = ['', '']] = published;
    expect(topic).toBe('vigie/v1/brico/lyon-01/till-01/command');
    const read = readSigned(Buffer.from(payload), { purpose: 'command', schema: Command, publicKey: signer.publicKey });
    expect(read).toEqual({
      body: {
        v: 1,
        id: 'command-0',
        to: TILL,
        action: 'restart_pos',
        args: { service: 'posd' },
        at: NOW,
        expiresAt: NOW + 60_000,
        by: 'zoe',
        incident: 7,
      },
    });
    expect(await audit()).toEqual([
      { at: NOW, who: 'zoe', action: 'action.asked', detail: `${TILL} restart_pos service=posd: #7: frozen` },
    ]);
    expect(told).toEqual([
      [
        7,
        {
          code: 'action.asked',
          params: { id: 'command-0', action: 'restart_pos', device: TILL, by: 'zoe', why: 'frozen' },
        },
      ],
    ]);
  });

  test('a broker that does not take it: failed, and said why', async () => {
    const { commander, state } = createDesk(async () => {
      throw new Error('the broker is away');
    });
    const kept = await commander.ask(ASKED);
    expect(kept.fault).toBe('the broker is away');
    expect(commandState((await state.commands.get(TILL, 'command-0')) as KeptCommand, NOW)).toBe('failed');
  });

  test('a reply is audited once and told the incident, with before, after and output', async () => {
    const { commander, told, audit } = createDesk();
    await commander.ask(ASKED);
    await commander.take(TILL, done);
    await commander.take(TILL, done);
    expect((await audit()).slice(1)).toEqual([
      {
        at: NOW,
        who: TILL,
        action: 'action.done',
        detail: 'restart_pos (command-0); before: failed; after: active; output: ok',
      },
    ]);
    expect(told[1]).toEqual([
      7,
      {
        code: 'action.done',
        params: {
          id: 'command-0',
          device: TILL,
          action: 'restart_pos',
          before: 'failed',
          after: 'active',
          output: 'ok',
        },
      },
    ]);
  });

  test('a reply nobody asked for, or from another device, is kept and audited, and touches no incident', async () => {
    const { commander, told, audit, state } = createDesk();
    await commander.ask(ASKED);
    await commander.take('brico/lyon-01/till-02', done);
    await commander.take(TILL, { v: 1, id: 'unread-12', at: NOW, state: 'refused', refusal: 'unsigned', error: 'no' });
    expect(told).toHaveLength(1);
    expect((await audit()).map(({ who, action }) => [who, action]).slice(1)).toEqual([
      ['brico/lyon-01/till-02', 'action.done'],
      [TILL, 'action.refused'],
    ]);
    expect((await state.commands.list({ limit: 9 })).map(({ asked }) => asked === undefined)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('a reply whose incident cannot be told is to be told again', async () => {
    const { state } = createDesk();
    const commander = new Commander({
      store: state.commands,
      signer: createSigner(Buffer.alloc(32, 1)),
      publish: async () => {},
      tellIncident: () => Promise.reject(new Error('no partition')),
      newId: () => 'command-0',
      now: () => NOW,
    });
    await commander.ask(ASKED);
    await expect(commander.take(TILL, done)).rejects.toThrow('no partition');
  });

  test('what is never answered shows as such when its time is over, until an answer comes', async () => {
    const { commander } = createDesk();
    const kept = await commander.ask(ASKED);
    expect(commandState(kept, NOW + 120_000)).toBe('sent');
    expect(commandState(kept, NOW + 170_000)).toBe('unanswered');
    expect(commandState({ ...kept, reply: done }, NOW + 170_000)).toBe('done');
  });
});
