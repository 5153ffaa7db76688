// workerd, the runtime of Cloudflare, runs this. A Worker keeps nothing between requests, so its tasks live in a Durable
// Object.
import { createEndpointServer } from '../../src/testing/endpoint-server.js'

interface Env {
  TASKS: { getByName(name: string): { fetch(request: Request): Promise<Response> } }
}

export class Tasks {
  readonly #server = createEndpointServer()

  async fetch(request: Request): Promise<Response> {
    await this.#server.start()
    return this.#server.handler(request)
  }
}

export const worker = {
  fetch: (request: Request, { TASKS }: Env) => TASKS.getByName('all').fetch(request),
}
