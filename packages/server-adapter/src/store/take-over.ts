/** What a new task copies from an ended one when it is created. */
export interface TakeOver {
  /** An ended task that the caller may see. */
  taskId: string
  /** The steps whose checkpoints, times and counts are copied. */
  steps: readonly string[]
  /** 0 to 99.9: where the new task begins. */
  progress: number
  /** `kept`: also the streamed text up to the last checkpoint, which cannot be told apart by steps. Default: none. */
  text?: 'kept' | undefined
}
