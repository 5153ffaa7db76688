import { startLongTimer } from '@brandkit/core'

export interface Doorbell {
  ring(): void
  /** Resolves at the next ring, or after `timeoutMs`. Default: waits without a time limit. */
  rung(options?: { timeoutMs?: number | undefined }): Promise<void>
}

/** Wakes one sleeper. If no sleeper waits, the ring is kept for the next one. */
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
