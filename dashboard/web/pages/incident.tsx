export function IncidentPage(_props: object) { return <p>incident</p>; }
