/** Stands in the built agent for what its MQTT client would only need for web sockets and proxies. */
export default {};
export const SocksClient = undefined;
