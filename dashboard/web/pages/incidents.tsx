export function IncidentsPage(_props: object) { return <p>incidents</p>; }
