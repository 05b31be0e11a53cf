/** A calendar that says who is on call: its events are the duties, named after whoever has them. */
export interface OnCallCalendar {
  name: string;
  /** iCalendar, as it was imported. */
  calendar: string;
  /** IANA name: of times that name no zone of their own. */
  timeZone: string;
  /** Milliseconds since 1970. */
  at: number;
  by: string;
}
