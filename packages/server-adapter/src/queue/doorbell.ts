import { startLongTimer } from '@brandkit/core'

export interface Doorbell {
  ring(): void
  /** Resolves at the next ring, or after `timeoutMs`. Default: waits without a time limit. */
  rung(options?: { timeoutMs?: number | undefined }): Promise<void>
}

/** Wakes one sleeper. A ring without a sleeper is kept for the next one, so that none is missed. */
export function createDoorbell(): Doorbell {
  let isRung = false
  let wake: (() => void) | undefined

  return {
    ring() {
      isRung = true
      wake?.()
    },
    async rung({ timeoutMs } = {}) {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const stop = timeoutMs === undefined ? undefined : startLongTimer(timeoutMs, resolve)
          wake = () => {
            stop?.()
            resolve()
          }
        })
        wake = undefined
      }
      isRung = false
    },
  }
}
