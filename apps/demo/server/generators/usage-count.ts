import type { ModelUsage } from '@brandkit/core'

interface Tokens {
  inputTokens: number
  outputTokens: number
}

export interface UsageCount {
  add: (tokens: Tokens) => void
  /** To be spread into a result. */
  toResult: () => { usage?: ModelUsage }
}

/** Adds up what the model's answers of one attempt cost. */
export function createUsageCount(model: string | undefined): UsageCount {
  const sum = { calls: 0, inputTokens: 0, outputTokens: 0 }
  return {
    add({ inputTokens, outputTokens }) {
      sum.calls += 1
      sum.inputTokens += inputTokens
      sum.outputTokens += outputTokens
    },
    toResult: () => (model && sum.calls > 0 ? { usage: { model, ...sum } } : {}),
  }
}
