import type { Match, SnmpProfile } from '../profile.ts';
import { addressOf, lookUp } from './address.ts';
import { forModel } from './models.ts';
import { matches, pattern } from './pattern.ts';
import { isBelow, type Row, type Snapshot } from './snapshot.ts';

const SYS_DESCR = addressOf('sysDescr').oid;
const SYS_OBJECT_ID = addressOf('sysObjectID').oid;

/** Those that apply to the device, with the rules of its model; the most special one first. */
export function chooseProfiles(all: readonly SnmpProfile[], snapshot: Snapshot): SnmpProfile[] {
  const id = snapshot.text(SYS_OBJECT_ID) ?? '';
  return all
    .filter(({ match }) => match === 'any' || match.some((one) => isMatch(one, snapshot)))
    .map((profile) => forModel(profile, id))
    .sort((a, b) => rankOf(b) - rankOf(a) || a.name.localeCompare(b.name));
}

/** A maker's is 10 where it does not say. */
export const rankOf = ({ rank = 10 }: SnmpProfile): number => rank;

/** The OIDs of lower profiles that these forbid to one of them. */
export const deniedTo = (profile: SnmpProfile, chosen: readonly SnmpProfile[]): string[] =>
  chosen.filter((other) => rankOf(other) > rankOf(profile)).flatMap(({ without = [] }) => without);

/** Does all of it hold? */
export function isMatch(
  { sysObjectID, sysDescr, has, notSysObjectID, notSysDescr }: Match,
  snapshot: Snapshot,
): boolean {
  const [id, description] = [snapshot.text(SYS_OBJECT_ID) ?? '', snapshot.text(SYS_DESCR) ?? ''];
  const isOne = (roots: string | readonly string[]) => [roots].flat().some((root) => isBelow(id, root));
  return (
    (sysObjectID === undefined || isOne(sysObjectID)) &&
    (sysDescr === undefined || pattern(sysDescr).test(description)) &&
    (notSysObjectID === undefined || !isOne(notSysObjectID)) &&
    (notSysDescr === undefined || !pattern(notSysDescr).test(description)) &&
    (has === undefined || doesAnswer(has, snapshot))
  );
}

const doesAnswer = ({ oid, is }: NonNullable<Match['has']>, snapshot: Snapshot) =>
  snapshot.rows(oid).some(({ value }) => is === undefined || matches(value, is));

/** Does what the row has at the OID match? */
export function isThere(
  { oid, is }: { oid: string; is: string },
  snapshot: Snapshot,
  row: Pick<Row, 'index'>,
): boolean {
  const value = lookUp(snapshot, addressOf(oid), row);
  return value !== undefined && matches(value, is);
}
