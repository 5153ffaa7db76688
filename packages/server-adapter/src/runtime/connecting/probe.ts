import { inTime } from '../../patience.js'

/** The outcome of a probe. */
export type ProbeAnswer = { answers: true } | { answers: false; reason: unknown }

export interface ProbeOptions {
  /** Resolves when the part answers. */
  ask: () => Promise<unknown>
  /** How long an answer stays valid, in milliseconds; the part is asked at most once in this time. */
  freshMs: number
  /** How long the part may take to answer, in milliseconds. */
  limitMs: number
}

/**
 * Makes a function that asks whether a part answers, for any number of callers. Asks at most once in `freshMs`, and waits
 * for an open question before it asks again. A part that hangs counts as down. Never rejects.
 */
export function createProbe({ ask, freshMs, limitMs }: ProbeOptions): () => Promise<ProbeAnswer> {
  let latest: { at: number; answer: ProbeAnswer } | undefined
  let asked: { at: number; answer: Promise<ProbeAnswer> } | undefined

  async function question(): Promise<ProbeAnswer> {
    let answer: ProbeAnswer
    try {
      await ask()
      answer = { answers: true }
    } catch (reason) {
      answer = { answers: false, reason }
    }
    latest = { at: performance.now(), answer }
    asked = undefined
    return answer
  }

  return async () => {
    if (!asked && latest && performance.now() - latest.at < freshMs) return latest.answer
    asked ??= { at: performance.now(), answer: question() }
    const { at, answer } = asked
    const tooLate = () => new Error(`It has not answered within ${limitMs} ms.`)
    const restMs = at + limitMs - performance.now()
    if (restMs <= 0) return { answers: false, reason: tooLate() }
    return inTime(answer, { ms: restMs, tooLate }).catch((reason: unknown) => ({ answers: false, reason }))
  }
}
