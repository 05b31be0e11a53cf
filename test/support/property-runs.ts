/** How many histories a property is tried on: as many as usual, or as `VIGIE_PROPERTY_RUNS` asks for. */
export const runs = (usual: number): number => Number(process.env.VIGIE_PROPERTY_RUNS ?? usual);
