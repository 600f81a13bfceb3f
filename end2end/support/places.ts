/** The program under test, as `run.sh` names it. */
export const binary = process.env.BINARY ?? "../target/debug/pledgebook";

/** Where the desk's own server listens, and where its record is. */
export const deskAddress = "127.0.0.1:3998";
export const deskRecord = "test-results/desk-record";
