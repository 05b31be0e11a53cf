import type { Point } from '../../../protocol/messages.ts';
import { type ComputerProfile, computer } from './computer.ts';
import { activity, counted, type Model, type Moment, round } from './model.ts';

/** A computer that sells. `salesPerHour`: when the shop is full. */
export const till =
  (profile: ComputerProfile, salesPerHour: number): Model =>
  (moment) => {
    const { points, statuses } = computer(profile)(moment);
    return { points: [...points, sales(moment, salesPerHour / 3600)], statuses };
  };

/** Sales come with the shop’s day. While it sells nothing the counter stands still; then it is where it would be. */
function sales(moment: Moment, perSecond: number): Point {
  const { at, condition } = moment;
  const { unsoldSince } = condition;
  const then = unsoldSince === undefined ? moment : { ...moment, at: unsoldSince };
  const sales_total = counted(then, perSecond);
  // Shown to a thousandth of a sale, which is a second or two.
  const begun = counted(then, perSecond * 1000) / 1000 - sales_total;
  const age = begun / (perSecond * activity(then)) + (at - then.at) / 1000;
  return { m: 'last_sale', f: { age_seconds: round(Math.max(0, age), 0), sales_total } };
}
