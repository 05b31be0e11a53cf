import type { Desk } from '../../alerting/ports.ts';
import type { FakeDesk } from '../fakes/desks/fake-desk.ts';

export interface DeskUnderTest {
  /** A desk of its own, empty. */
  fake: FakeDesk;
  desk: Desk;
}
