import { describeError } from '@brandkit/core'
import { StartError } from './start-error.ts'

/** How long QStash may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000

/**
 * Asks QStash for something harmless (its schedules), to learn at start whether it is there and takes the token.
 *
 * @throws StartError in one sentence
 */
export async function askQStash({ baseUrl, token }: { baseUrl: string; token: string }): Promise<void> {
  const { host } = new URL(baseUrl)
  const { status, ok } = await fetch(new URL('/v2/schedules', baseUrl), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw new StartError(
      `QStash at ${host} cannot be reached (${reasonOf(error)}); check QSTASH_URL and the way out of this machine.`,
      { cause: error },
    )
  })
  if (status === 401 || status === 403) {
    throw new StartError(`QStash at ${host} refuses QSTASH_TOKEN; copy the token of this region from its console.`)
  }
  if (!ok) throw new StartError(`QStash at ${host} answers ${status}; check QSTASH_URL, or start again in a moment.`)
}

/** Of a request that found nobody, the reason is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return describeError(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
