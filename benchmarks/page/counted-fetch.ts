/** The traffic of a page, without headers. */
export interface Traffic {
  requests: number
  bytes: number
}

/** A `fetch` that counts its requests, and the bytes of addresses and bodies in both directions. */
export function createCountedFetch(fetch: typeof globalThis.fetch): {
  fetch: typeof globalThis.fetch
  traffic: Traffic
} {
  const traffic = { requests: 0, bytes: 0 }
  return {
    traffic,
    fetch: async (resource, init) => {
      const request = new Request(resource, init)
      traffic.requests += 1
      traffic.bytes += request.url.length + (await request.clone().arrayBuffer()).byteLength
      const response = await fetch(request)
      if (!response.body) return response
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, out) {
          traffic.bytes += chunk.byteLength
          out.enqueue(chunk)
        },
      })
      return new Response(response.body.pipeThrough(counted), response)
    },
  }
}
