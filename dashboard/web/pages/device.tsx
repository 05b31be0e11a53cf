export function DevicePage(_props: object) { return <p>device</p>; }
