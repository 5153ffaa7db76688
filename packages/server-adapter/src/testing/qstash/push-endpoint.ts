import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DeliveryConsumer, QueueBackend } from '../../queue/queue-backend.js'

export interface PushEndpoint {
  /** Where a push engine delivers. */
  readonly url: string
  /** Makes a backend that can be consumed like one that pulls: a delivery waits until a consumer has room. */
  pulling(backend: QueueBackend): QueueBackend
  close(): Promise<void>
}

interface Listener {
  backend: QueueBackend
  consumer: DeliveryConsumer
  /** Deliveries given to the consumer whose claim is not decided. */
  inHand: Set<Promise<unknown>>
}

/** How long a delivery waits for a consumer before the engine is asked to come back. */
const PATIENCE_MS = 100

/**
 * A server that receives what a push engine delivers and hands it to consumers, so that push backends can run the suite
 * of those that pull.
 */
export async function createPushEndpoint(): Promise<PushEndpoint> {
  const listeners = new Set<Listener>()

  /** Whether somebody took it. Never awaits between asking for room and taking it. */
  async function handOver(taskId: string): Promise<boolean> {
    const deadline = performance.now() + PATIENCE_MS
    while (performance.now() < deadline) {
      const listener = [...listeners].find(({ consumer }) => consumer.free() > 0)
      if (listener) {
        const delivery = listener.consumer.deliver(taskId).catch(() => {})
        listener.inHand.add(delivery)
        await delivery
        listener.inHand.delete(delivery)
        return true
      }
      const timeout = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
      await Promise.race([timeout, ...[...listeners].map(({ consumer }) => consumer.whenFree())])
    }
    return false
  }

  async function answer(body: string, headers: Headers): Promise<number> {
    const [listener] = listeners
    if (!listener) return 503
    const request = (await listener.backend.receive?.({ body, headers })) as { taskId: string }
    return (await handOver(request.taskId)) ? 200 : 503
  }

  const server = createServer((request, response) => {
    void (async () => {
      let body = ''
      for await (const chunk of request.setEncoding('utf8')) body += String(chunk)
      const status = await answer(body, new Headers(request.headers as Record<string, string>)).catch(() => 500)
      response.writeHead(status, { 'retry-after': '0' }).end()
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/jobs`,
    pulling(backend) {
      const own = new Set<Listener>()
      return {
        ...backend,
        async consume(consumer) {
          const listener = { backend, consumer, inHand: new Set<Promise<unknown>>() }
          own.add(listener)
          listeners.add(listener)
        },
        async close() {
          for (const listener of own) listeners.delete(listener)
          for (const { inHand } of own) await Promise.all(inHand)
          await backend.close()
        },
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
