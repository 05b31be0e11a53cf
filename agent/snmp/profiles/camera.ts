import { defineProfile } from '../profile.ts';

const CAMERA = '(?:network|ip|dome|bullet|ptz|fisheye|thermal|video) ?-?camera|\\bipcam';
const CAMERA_MAKERS = '\\b(?:vivotek|hanwha|wisenet|milesight|pelco|i-pro|uniview|arecont|geovision|acti corp)\\b';
const RECORDER = '(?:network|digital) video recorder|\\b[NDX]VR\\b';
const HANWHA = '1.3.6.1.4.1.36849';

/** Cameras and recorders that answer the standard MIBs: what they are. */
export const profile = defineProfile({
  name: 'camera',
  title: 'Cameras and recorders: Hanwha, Vivotek, Milesight, Pelco, i-PRO, Uniview, …',
  rank: 5,
  match: [{ sysObjectID: HANWHA }, { sysDescr: `${CAMERA}|${CAMERA_MAKERS}|${RECORDER}` }],
  identity: {
    kind: [{ kind: 'nvr', sysDescr: RECORDER }, { kind: 'camera' }],
  },
});
