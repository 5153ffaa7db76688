import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { joinSignals, throwIfAborted } from './abort-signals.js'

const { any } = AbortSignal
const restore = () => void (AbortSignal.any = any)

describe.each(['with', 'without'])('%s AbortSignal.any', (here) => {
  beforeEach(() => {
    if (here === 'without') Reflect.deleteProperty(AbortSignal, 'any')
  })
  afterEach(restore)

  it('a joint signal is aborted by the first of its signals, with its reason, and by no later one', () => {
    const [first, second] = [new AbortController(), new AbortController()]
    const joint = joinSignals(first.signal, second.signal)
    expect(joint.aborted).toBe(false)
    second.abort('second')
    first.abort('first')
    expect(joint.reason).toBe('second')
    expect(() => throwIfAborted(joint)).toThrow('second')
  })

  it('a joint signal of one that is aborted is aborted from the start', () => {
    expect(joinSignals(new AbortController().signal, AbortSignal.abort('gone')).reason).toBe('gone')
  })
})
