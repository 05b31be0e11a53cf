import { storeOf } from '../../../protocol/names.ts';
import { storeHash } from '../../partitions.ts';
import type { CommitWrites } from '../../ports.ts';
import { incidentRecord } from '../incident-record.ts';
import { encodeSeen } from '../seen-ranges.ts';
import { bounded } from '../set-aside-record.ts';
import { jsonRows, lastOfEach } from './json-rows.ts';

/** What `commit_group` takes after the fence and the number of the commit. */
export function commitArguments({ cursors, boots, log, judgement, setAside, handled }: CommitWrites): unknown[] {
  const { kept, counts } = bounded(setAside);
  return [
    ...cursorArguments(cursors),
    jsonRows(lastOfEach(boots, (row) => row.agent).map((row) => ({ ...row, hash: storeHash(storeOf(row.agent)) }))),
    jsonRows(lastOfEach(judgement.stores, (row) => row.store).map((row) => ({ ...row, hash: storeHash(row.store) }))),
    jsonRows(
      lastOfEach(judgement.incidents, (row) => row.incident.key).map(({ incident }) => ({
        ...incidentRecord(incident),
        hash: storeHash(incident.store),
      })),
    ),
    jsonRows(
      judgement.incidents.flatMap(({ incident, entries }) =>
        entries.map(({ at, reason }) => ({ incident: incident.key, at, reason: JSON.stringify(reason) })),
      ),
    ),
    jsonRows(
      judgement.tickets.map((work) => ({
        ...work,
        view: JSON.stringify(work.view),
        hash: storeHash(work.view.store),
      })),
    ),
    jsonRows(kept.map((entry) => ({ ...entry, sample: Buffer.from(entry.sample).toString('base64') }))),
    jsonRows([...counts].map(([reason, count]) => ({ reason, count }))),
    handled.length === 0 ? null : handled,
    log ?? null,
  ];
}

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
