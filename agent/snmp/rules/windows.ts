/** sysObjectID of Microsoft's hosts: what is firmware of its own is not asked of them. */
export const WINDOWS = '1.3.6.1.4.1.311';
