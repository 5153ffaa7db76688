import { assertOptions, type NumberRange, type OptionKind, type OptionRules, TEXT, LIMITS } from '@brandkit/core'
import type { StoredUsage } from '../../store/store-usage.js'
import { toMicros } from '../to-usage-json.js'

/**
 * What a call of a model has used. The `usage` of the AI SDK (5 and later) fits as it is, of texts, embeddings and images,
 * with members that are not named here. A provider that tells nothing leaves every member `undefined`: such a call counts
 * with 0 tokens, because its work must not fail when it is paid.
 */
export interface ReportedUsage {
  /** At most 200 characters are kept. Default: a model without a name. */
  model?: string | undefined
  /** Default 0. */
  inputTokens?: number | undefined
  /** Default 0. */
  outputTokens?: number | undefined
  /** Counts only if `inputTokens` is missing: what is not output is then input. */
  totalTokens?: number | undefined
  /** The size of embeddings, which counts as input. `NaN`, as the AI SDK writes it, is unknown. */
  tokens?: number | undefined
  /** In whole units of `currency`, kept to a millionth: 0.0125. Default: unknown. */
  cost?: number | undefined
  /** ISO 4217. Default `USD`. */
  currency?: string | undefined
}

/** Far more than any call uses, so that a wrong unit is noticed. */
const TOKENS: NumberRange = { least: 0, most: 1e12, isWhole: true }
const COST: NumberRange = { least: 0, most: 1e9 }

export const CURRENCY: OptionKind = {
  description: 'a currency of ISO 4217, such as USD',
  fits: (given) => typeof given === 'string' && /^[A-Z]{3}$/.test(given),
  isShown: true,
}
export const DEFAULT_CURRENCY = 'USD'

const RULES: OptionRules<ReportedUsage> = {
  model: TEXT,
  inputTokens: TOKENS,
  outputTokens: TOKENS,
  totalTokens: TOKENS,
  tokens: TOKENS,
  cost: COST,
  currency: CURRENCY,
}

const TOKEN_COUNTS = ['inputTokens', 'outputTokens', 'totalTokens', 'tokens'] as const

/** @throws TypeError or RangeError that names the member and what is allowed */
export function readReportedUsage(given: ReportedUsage): StoredUsage {
  assertOptions('usage', Number.isNaN(given?.tokens) ? { ...given, tokens: 0 } : given, RULES)
  const { model = '', outputTokens = 0, totalTokens, cost, currency = DEFAULT_CURRENCY } = given
  const inputTokens = given.inputTokens ?? (given.tokens || undefined)
  if (cost === undefined && !TOKEN_COUNTS.some((name) => name in given)) {
    throw new TypeError(
      'usage has neither tokens nor a cost. Give inputTokens and outputTokens, or cost: usage({ model, inputTokens: 1200, outputTokens: 300 }).',
    )
  }
  return {
    model: model.slice(0, LIMITS.idCharacters),
    currency: cost === undefined ? '' : currency,
    inputTokens: inputTokens ?? Math.max(0, (totalTokens ?? 0) - outputTokens),
    outputTokens,
    costMicros: toMicros(cost ?? 0),
  }
}
