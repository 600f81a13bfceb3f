/** The program under test, seen from this folder; BINARY names another one, such as that of a debug build. */
export const binary = process.env.BINARY ?? "../target/release/pledgebook";

/** Where the desk's own server listens, and where its record is. */
export const deskAddress = "127.0.0.1:3998";
export const deskRecord = "test-results/desk-record";
