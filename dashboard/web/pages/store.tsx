export function StorePage(_props: object) { return <p>store</p>; }
