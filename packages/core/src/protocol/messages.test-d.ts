import type * as z from 'zod'
import type {
  ActOnMatchingResponse,
  CancelTasksResponse,
  GetStatsResponse,
  GetTextResponse,
  ProcessOutcome,
  TaskHints,
} from './messages.js'
import type { GetHealthResponse } from './health.js'
import type { GetUsageResponse } from '../usage-month.js'
import type { Protocol } from './messages.schema.js'

// The plain types and the schemas agree in both directions. Tasks are left out: their payload is the catalog's.

type Response<Name extends keyof Protocol> = z.output<Protocol[Name]['response']>

declare const stats: Response<'stats'>
declare const plainStats: GetStatsResponse
stats satisfies GetStatsResponse
plainStats satisfies Response<'stats'>

declare const usage: Response<'usage'>
declare const plainUsage: GetUsageResponse
usage satisfies GetUsageResponse
plainUsage satisfies Response<'usage'>

declare const text: Response<'text'>
declare const plainText: GetTextResponse
text satisfies GetTextResponse
plainText satisfies Response<'text'>

declare const health: Response<'health'>
declare const plainHealth: GetHealthResponse
health satisfies GetHealthResponse
plainHealth satisfies Response<'health'>

declare const outcomes: Exclude<Extract<Response<'cancel'>, { outcomes: unknown }>, { matched: unknown }>
declare const plainOutcomes: CancelTasksResponse
outcomes satisfies CancelTasksResponse
plainOutcomes satisfies Response<'cancel'>

declare const matched: Extract<Response<'retry'>, { matched: unknown }>
declare const plainMatched: ActOnMatchingResponse
matched satisfies ActOnMatchingResponse
plainMatched satisfies Response<'cancel'> & Response<'retry'> & Response<'delete'>

declare const processed: Response<'process'>
declare const plainProcessed: { outcome: ProcessOutcome }
processed.outcome satisfies ProcessOutcome
plainProcessed satisfies Response<'process'>

declare const hints: NonNullable<Response<'status'>['hints']>
declare const plainHints: Record<string, TaskHints>
hints satisfies Record<string, TaskHints>
plainHints satisfies NonNullable<Response<'status'>['hints']>
