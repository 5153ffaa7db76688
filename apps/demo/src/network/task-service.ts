import { createTaskService } from '@brandkit/client'
import { consoleSink, createLogger } from '@brandkit/core'

/**
 * The page's connection to the server, which a demonstration can cut. While it is cut, every request fails as without a
 * network, and open streams break.
 */
interface Network {
  fetch: typeof globalThis.fetch
  isCut: () => boolean
  cut: () => void
  mend: () => void
  subscribe: (listener: () => void) => () => void
}

let isClosing = false
globalThis.addEventListener?.('pagehide', () => (isClosing = true), { capture: true })
globalThis.addEventListener?.('pageshow', () => (isClosing = false))

function createNetwork(): Network {
  const listeners = new Set<() => void>()
  let wire: AbortController | null = new AbortController()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    async fetch(input, init) {
      if (!wire) throw noNetwork()
      const request = new Request(input, init)
      // While the page closes, a request must outlive it.
      return await fetch(request, { signal: AbortSignal.any([request.signal, wire.signal]), keepalive: isClosing })
    },
    isCut: () => wire === null,
    cut() {
      wire?.abort(noNetwork())
      wire = null
      tell()
    },
    mend() {
      wire ??= new AbortController()
      tell()
      // Browsers send this event when their network is back; the waiting client then asks again at once.
      window.dispatchEvent(new Event('online'))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The error that browsers throw without a network. */
function noNetwork(): TypeError {
  return new TypeError('Failed to fetch')
}

export const network = createNetwork()

/** The studio's client of the task server. Made once, because a new service would restart all following. */
export const taskService = createTaskService({ fetch: network.fetch, logger: createLogger() })

/** The client of the operator's desk: the server shows every task of the tenant to operators. */
export const operatorService = createTaskService({
  fetch: network.fetch,
  headers: () => ({ 'x-studio-desk': 'operations' }),
  stream: false,
  logger: createLogger({ sink: (entry) => entry.level === 'error' && consoleSink(entry) }),
})

/** The demo's own lines in the browser's console, beside those of the SDK. */
export const log = createLogger()
