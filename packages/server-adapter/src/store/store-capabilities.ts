import type { TaskLogger } from '@brandkit/core'
import type { EndNotices } from './notice.js'

export interface StoreContext {
  /** Takes what the server's operator should know. Default: nobody is told. */
  logger: TaskLogger
  /** Stored for each task that ends when the store opens, because its worker was lost with the last process. Default: none. */
  notices?: EndNotices | undefined
}

export interface StoreCapabilities {
  /** Whether tasks survive the end of the process. */
  durable: boolean
  /** Whether several processes may share it. */
  shared: boolean
  /** A warning for the first log message, if any. Final once the store is open. */
  warning?: string
}
