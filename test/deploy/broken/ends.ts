// A version of the agent that ends at once.
process.exit(1);
