import { fromProblemDetails, type GetStatsResponse } from '@brandkit/core'
import { network } from '../network/network.ts'

/** `GET /api/jobs?action=stats`. @throws TaskError as the server says it */
export async function readStats(signal: AbortSignal): Promise<GetStatsResponse> {
  const response = await network.fetch('/api/jobs?action=stats', { signal })
  const body: unknown = await response.json()
  if (!response.ok) throw fromProblemDetails(body) ?? new Error(`The server answered ${response.status}.`)
  return body as GetStatsResponse
}
