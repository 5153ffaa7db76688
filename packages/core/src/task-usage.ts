/** What calls of models have used. */
export interface UsageAmount {
  inputTokens: number
  outputTokens: number
  /** In whole units of `currency`: 0.0125 is one and a quarter cents. Kept to a millionth. Absent if no call stated a cost. */
  cost?: number
  /** ISO 4217. Present with `cost`. */
  currency?: string
}

/** What one model has used for a task, over all of the task's attempts: those that failed have cost money, too. */
export interface TaskUsage extends UsageAmount {
  /** Absent for calls that named no model. */
  model?: string
}
