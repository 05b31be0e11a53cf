import type { TicketSubject } from '../../../alerting/ports.ts';
import { storeOf } from '../../../protocol/names.ts';
import { storeHash } from '../../partitions.ts';
import type { CommitWrites } from '../../ports.ts';
import { incidentRecord, isMajor } from '../incident-record.ts';
import { encodeSeen } from '../seen-ranges.ts';
import { bounded } from '../set-aside-record.ts';
import { jsonRows, lastOfEach } from './json-rows.ts';

/** What `commit_group` takes after the fence and the number of the commit. */
export function commitArguments({ cursors, boots, log, judgement, setAside, handled }: CommitWrites): unknown[] {
  const { kept, counts } = bounded(setAside);
  const told = [
    ...judgement.incidents.map(({ incident, entries }) => ({ view: incident, entries })),
    ...(judgement.majors ?? []).map(({ major, entries }) => ({ view: major, entries })),
  ];
  return [
    ...cursorArguments(cursors),
    jsonRows(lastOfEach(boots, (row) => row.agent).map((row) => ({ ...row, hash: storeHash(storeOf(row.agent)) }))),
    jsonRows(lastOfEach(judgement.stores, (row) => row.store).map((row) => ({ ...row, hash: storeHash(row.store) }))),
    jsonRows(
      lastOfEach(told, ({ view }) => view.key).map(({ view }) => ({ ...incidentRecord(view), hash: hashOf(view) })),
    ),
    jsonRows(
      told.flatMap(({ view, entries }) =>
        entries.map(({ at, reason }) => ({ incident: view.key, at, reason: JSON.stringify(reason) })),
      ),
    ),
    jsonRows(
      judgement.tickets.map((work) => ({
        ...work,
        view: JSON.stringify(work.view),
        hash: hashOf(work.view),
      })),
    ),
    jsonRows(kept.map((entry) => ({ ...entry, sample: Buffer.from(entry.sample).toString('base64') }))),
    jsonRows([...counts].map(([reason, count]) => ({ reason, count }))),
    handled.length === 0 ? null : handled,
    log ?? null,
  ];
}

/** Major incidents are the first partition's, whatever their chain. */
const hashOf = (view: TicketSubject): number => (isMajor(view) ? 0 : storeHash(view.store));

/** As columns: there are thousands of them, and this is what the server reads fastest. */
function cursorArguments(cursors: CommitWrites['cursors']): (unknown[] | null)[] {
  if (cursors.length === 0) return [null, null, null, null];
  const rows = lastOfEach(cursors, ({ agent, boot }) => `${agent} ${boot}`);
  return [
    rows.map((row) => row.agent),
    rows.map((row) => row.boot),
    rows.map((row) => storeHash(storeOf(row.agent))),
    rows.map((row) => encodeSeen(row.seen)),
  ];
}
