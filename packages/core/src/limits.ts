// Limits of sizes and counts on both sides, to be imported as `LIMITS`. Bytes are UTF-8. Separate constants instead of an
// object, so that a browser loads only those that it uses. Code for browsers imports `@brandkit/core/limits`, because bundlers
// keep all of a namespace that another module passes on.

/** The largest payload as JSON. */
export const payloadBytes = 256 * 1024
/** The largest result as JSON. */
export const resultBytes = 1024 * 1024
export const partialResultBytes = 64 * 1024
/** Items of one step of a task. */
export const itemsPerStep = 1_000
/** The largest output of one item as JSON. A claim returns the outputs of all items at once. */
export const itemBytes = 64 * 1024
/** The longest text that a task may stream, in bytes. */
export const streamedTextBytes = 1024 * 1024
/** Ids in one status read, tasks in one batch, and tasks on one page of a list. */
export const tasksPerRequest = 100
/** Longest `wait` of a status read, in seconds. */
export const waitSeconds = 25
/** The longest silence of an event stream. */
export const beatSeconds = 15
/** The time that an ended task stays in the snapshot of a stream. */
export const snapshotMinutes = 15
/** Longest id, brand id or idempotency key. */
export const idCharacters = 200
/** Longest unique key of a task. */
export const uniqueKeyCharacters = 200
/** Most tasks that one task can wait for. */
export const tasksAfter = 20
export const titleCharacters = 200
/** Most tags of a task. */
export const tags = 10
/** Longest tag, in UTF-16 units. */
export const tagCharacters = 64
/** Longest text to search for, in UTF-16 units. */
export const searchCharacters = 200
/** Largest `maxRetries` in a request. */
export const maxRetries = 10
/**
 * The longest text without a limit of its own, such as the message of an error or the title of a step, when kept, shown or
 * logged.
 */
export const textBytes = 2 * 1024
/** The longest message of a log line, in bytes. */
export const logMessageBytes = 16 * 1024
/** The longest error in a server's log, with its stack and causes, in bytes. */
export const errorStackBytes = 16 * 1024
/** The longest pause that an error may ask for, in milliseconds: one day. */
export const longestRetryMs = 24 * 60 * 60 * 1_000
