import type { RevokedAnswer } from '../../protocol/enrolment.ts';
import { storeOf } from '../../protocol/names.ts';
import type { AdmissionStore } from '../ports.ts';
import type { DoorRoutes } from './door.ts';

const MOST = 1000;

/** What is revoked in the store of whoever asks: its gateway lets none of these in. */
export const revokedRoute =
  (admission: Pick<AdmissionStore, 'revokedIn'>, now: () => number): DoorRoutes =>
  (app, { bearer }) => {
    app.get('/v1/revoked', async (request): Promise<RevokedAnswer> => {
      const { device } = await bearer(request);
      return { revoked: await admission.revokedIn(storeOf(device), now(), MOST) };
    });
  };
