import { createLogger } from '@brandkit/core'

/** The demo's own lines in the browser's console, beside those of the SDK. */
export const log = createLogger()
