// Sizes and counts that both sides keep to, to be imported as `LIMITS`. Bytes are UTF-8. Constants instead of an object, so
// that a browser carries only those that it asks for.

/** A payload as JSON. */
export const payloadBytes = 256 * 1024
/** A result as JSON. */
export const resultBytes = 1024 * 1024
export const partialResultBytes = 64 * 1024
/** Ids in one status read, tasks in one batch, tasks on one page of a list. */
export const tasksPerRequest = 100
/** Longest `wait` of a status read, in seconds. */
export const waitSeconds = 25
/** A stream of events is never silent for longer. */
export const beatSeconds = 15
/** How long an ended task stays in the snapshot of a stream. */
export const snapshotMinutes = 15
/** Characters of an id, a brand id or an idempotency key. */
export const idCharacters = 200
export const titleCharacters = 200
/** Most retries that a request may ask for. */
export const maxRetries = 10
/** What is kept, shown or logged as one fact of any text that has no limit of its own: the message of an error, the title of a step. */
export const textBytes = 2 * 1024
/** The message of a line in the log, in bytes. */
export const logMessageBytes = 16 * 1024
/** What a server's log holds of an error with its stack and causes, in bytes. */
export const errorStackBytes = 16 * 1024
/** The longest pause that an error may ask for, in milliseconds: a day. */
export const longestRetryMs = 24 * 60 * 60 * 1_000
