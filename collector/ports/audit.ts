/** A line of who did what. */
export interface AuditEntry {
  at: number;
  /** Token name, the device that answered, or `system`. */
  who: string;
  action: string;
  detail: string;
}
