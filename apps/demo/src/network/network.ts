/**
 * The page's connection to the server, which a demonstration can cut. While it is cut, every request fails as without a
 * network, and open streams break.
 */
export interface Network {
  fetch: typeof globalThis.fetch
  isCut: () => boolean
  cut: () => void
  mend: () => void
  subscribe: (listener: () => void) => () => void
}

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
      return await fetch(request, { signal: AbortSignal.any([request.signal, wire.signal]) })
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
