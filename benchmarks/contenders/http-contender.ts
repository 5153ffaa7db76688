import type { RequestListener } from 'node:http'
import type { Contender } from './contender.ts'
import { listen, type Listening } from './listen.ts'

interface HttpContenderOptions extends Pick<Contender, 'audit'> {
  handler: RequestListener
  /** Opens databases and begins to work, before clients may come. */
  open: () => Promise<unknown>
  /** Ends the work and closes what `open` has opened, once no client comes any more. */
  close: () => Promise<unknown>
}

/** A contender whose API is served on Node's own HTTP. */
export function httpContender({ handler, audit, open, close }: HttpContenderOptions): Contender {
  let http: Listening | undefined
  return {
    audit,
    async start() {
      await open()
      http = await listen(handler)
    },
    get url() {
      if (!http) throw new Error('The contender has not started.')
      return http.url
    },
    async stop() {
      await http?.close()
      await close()
    },
  }
}
