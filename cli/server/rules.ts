import { createHash } from 'node:crypto';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { RulePack } from '../../alerting/engine/types.ts';
import { diffPacks, type JudgedChain } from '../../alerting/rules/diff-packs.ts';
import { RulePackError } from '../../alerting/rules/parse-rule-pack.ts';
import type { StateStore } from '../../collector/ports.ts';
import {
  type RuleRevisionsPort,
  type RuleRevisionView,
  type RulesChange,
  RulesError,
  type RulesInForce,
  type RulesOutcome,
} from '../../dashboard/ports/rule-revisions.ts';
import { RulesReader } from '../rules/read-beside.ts';
import type { Served } from './served.ts';

/** The rules a server was started with. */
export interface BaseRules {
  source: 'file' | 'default';
  text: string;
  pack: RulePack;
}

export interface RulesRooms {
  state: Pick<StateStore, 'rules'>;
  base: BaseRules;
  /** What they judge, and what stands. */
  chain: () => JudgedChain;
  rejudge: Served['rejudge'];
  /** Whether other collectors may change them too. */
  isShared: boolean;
  onTrouble: (part: 'cluster' | 'rules', error: Error | undefined) => void;
  now: () => number;
}

export interface Rules {
  port: RuleRevisionsPort;
  /** What holds: the same pack until something changes. */
  pack(): RulePack;
  /** The same as it is written. */
  text(): string;
  start(): void;
  close(): void;
}

interface Holding {
  /** 0: the base. */
  revision: number;
  text: string;
  pack: RulePack;
}

/** Other collectors change them too: look this often. */
const LOOK_MS = 2_000;
const REVISIONS_KEPT = 1_000;
/** YAML is long in what it says thrice: so many bytes are thousands of rules. */
const MOST_BYTES = 1024 * 1024;
/** So many faults are told at once. */
const MOST_FAULTS = 100;
/** Where the newest cannot be read, so many earlier ones are tried. */
const TRIED = 50;

/** The rules that hold: the newest revision, or the base while there is none; kept, told to judgement, and shown. */
export async function createRules(rooms: RulesRooms): Promise<Rules> {
  const { state, base, now } = rooms;
  const reader = new RulesReader();
  const ofBase: Holding = { revision: 0, text: base.text, pack: base.pack };
  let holding = ofBase;
  let newest = 0;
  let last: RuleRevisionView | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  /** What a revision says; undefined: it is not kept. @throws RulePackError where this program cannot read it. */
  async function held(id: number): Promise<Holding | undefined> {
    if (id === 0) return ofBase;
    const written = await state.rules.revision(id);
    if (written?.text === undefined) return written && { ...ofBase, revision: 0 };
    return { revision: id, text: written.text, pack: await reader.read(written.text, `revision ${id}`) };
  }

  /** The newest that can be read. At the start any earlier one may be; later on, what holds goes on. */
  async function read(id: number, isStart: boolean): Promise<Holding> {
    try {
      const found = (await held(id)) ?? ofBase;
      rooms.onTrouble('rules', undefined);
      return found;
    } catch (error) {
      if (!(error instanceof RulePackError)) throw error;
      rooms.onTrouble('rules', error);
      return isStart ? earlier(id) : holding;
    }
  }

  async function earlier(than: number): Promise<Holding> {
    for (let id = than - 1; id > Math.max(0, than - TRIED); id--) {
      try {
        const found = await held(id);
        if (found) return found;
      } catch (error) {
        if (!(error instanceof RulePackError)) throw error;
      }
    }
    return ofBase;
  }

  async function take(isStart: boolean): Promise<boolean> {
    const id = await state.rules.newest();
    const next = await read(id, isStart);
    [last] = await state.rules.list(1);
    newest = id;
    const isOther = next.text !== holding.text;
    holding = next;
    return isOther;
  }

  /** One after the other: what is read later is newer. */
  function look(): Promise<void> {
    looking = looking
      .catch(() => {})
      .then(async () => {
        if (await take(false)) await rooms.rejudge();
      });
    return looking;
  }

  /** Elsewhere they may just have been changed. */
  const upToDate = async (): Promise<void> => {
    if (rooms.isShared) await look();
  };

  async function change(
    text: string | undefined,
    { why, by, ifRevision, dryRun }: Omit<RulesChange, 'text'>,
    backTo?: number,
  ): Promise<RulesOutcome> {
    const pack = text === undefined ? base.pack : await understood(text, reader);
    if (ifRevision !== undefined && ifRevision !== newest) return 'changed';
    const basedOn = newest;
    const hash = text === undefined ? undefined : hashOf(text);
    const isThere = last !== undefined && last.hash === hash && backTo === undefined;
    const effect = await diffPacks(holding.pack, pack, rooms.chain(), () => othersTurn());
    if (dryRun === true || isThere) return { revision: basedOn, effect };
    const id = basedOn + 1;
    const action = backTo === undefined ? 'rules.applied' : 'rules.undone';
    const detail = `${id}${backTo === undefined ? '' : ` = ${backTo}`}: ${why}`;
    try {
      const made = await state.rules.append(
        {
          ...{ at: now(), by, why, basedOn, keep: REVISIONS_KEPT },
          ...(text !== undefined && { text, hash: hashOf(text) }),
          ...(backTo !== undefined && { backTo }),
        },
        { at: now(), who: by, action, detail },
      );
      return made ? { revision: made.id, effect } : 'changed';
    } finally {
      // Also where it failed: what was stored without our being told is judged too.
      await look();
    }
  }

  await take(true);
  return {
    pack: () => holding.pack,
    text: () => holding.text,
    start() {
      if (!rooms.isShared) return;
      timer = setInterval(() => {
        state.rules
          .newest()
          .then((id) => (id === newest ? undefined : look()))
          .then(
            () => rooms.onTrouble('cluster', undefined),
            (error) => rooms.onTrouble('cluster', error),
          );
      }, LOOK_MS);
    },
    close: () => clearInterval(timer),
    port: {
      current(): RulesInForce {
        const { revision, text } = holding;
        const source = revision > 0 ? 'revision' : base.source;
        return { source, revision, newest, text, ...(last && { last }) };
      },
      list: (limit) => state.rules.list(limit),
      async text(id) {
        if (id === 0) return { text: base.text };
        const written = await state.rules.revision(id);
        if (!written) return undefined;
        const { text = base.text, ...revision } = written;
        return { text, revision };
      },
      async apply({ text, ...request }) {
        await upToDate();
        return change(text, request);
      },
      async undo({ to: asked, ...request }) {
        await upToDate();
        const to = asked ?? newest - 1;
        if (to < 0 || to >= newest) return 'no-such';
        if (to === 0) return change(undefined, request, to);
        const written = await state.rules.revision(to);
        return written ? change(written.text, request, to) : 'no-such';
      },
    },
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @throws RulesError */
async function understood(text: string, reader: RulesReader): Promise<RulePack> {
  if (Buffer.byteLength(text) > MOST_BYTES) {
    throw new RulesError([{ path: 'text', message: `must be no longer than ${MOST_BYTES} bytes` }]);
  }
  try {
    return await reader.read(text, 'rules');
  } catch (error) {
    if (!(error instanceof RulePackError)) throw error;
    throw new RulesError(error.faults.slice(0, MOST_FAULTS));
  }
}
