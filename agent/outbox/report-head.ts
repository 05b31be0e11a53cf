/** A report's name, which a receipt calls it by, and when it was made. */
interface ReportHead {
  boot: string;
  seq: number;
  at: number | undefined;
}

/** What stands before its readings is shorter. */
export const HEAD_BYTES = 128;

/**
 * What stands near the beginning of every report we write: a long backlog need not be parsed at a start. Without it, the
 * run is '' and the number 0, which no receipt names.
 */
export function headOf(body: Uint8Array): ReportHead {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, HEAD_BYTES)).toString('latin1');
  const at = /"at":(\d{1,16})[,}]/.exec(head)?.[1];
  return {
    boot: /"boot":"([a-z0-9]{8,40})"/.exec(head)?.[1] ?? '',
    seq: Number(/"seq":(\d{1,16})[,}]/.exec(head)?.[1] ?? 0),
    at: at === undefined ? undefined : Number(at),
  };
}

/** Longer than all that stands before the readings of a watched device, names of full length included. */
const WATCHED_HEAD_BYTES = 256;
const WATCHED = /^\{"v":1,"boot":"[a-z0-9]+","seq":\d+,"at":\d+,"by":"[^"]+","device":"([^"]+)"/;

/** The device a report is of, where it is another than the agent's own; as the agent writes it, before its readings. */
export function watchedDeviceOf(body: Uint8Array): string | undefined {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, WATCHED_HEAD_BYTES)).toString('latin1');
  return WATCHED.exec(head)?.[1];
}
