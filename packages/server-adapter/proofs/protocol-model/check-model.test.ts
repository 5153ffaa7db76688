import { TASK_STATUSES, TRANSITIONS } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { checkModel } from './check-model.js'
import { MODEL_GUARDS } from './model-guards.js'

describe('the protocol, in every order in which two workers, the queue, the owner and maintenance can act', () => {
  it('reaches no unsafe state and gets stuck nowhere', () => {
    const { states, unsafe, stuck } = checkModel()
    expect({ unsafe, stuck }).toEqual({ unsafe: null, stuck: null })
    // A model with few states would prove nothing.
    expect(states).toBeGreaterThan(1_000)
  })

  it('takes every arrow of the state machine, and no other', () => {
    const table = TASK_STATUSES.flatMap((from) => TRANSITIONS[from].map((to) => `${from} → ${to}`))
    expect([...checkModel().arrows].toSorted()).toEqual(table.toSorted())
  })

  it.each(MODEL_GUARDS)('goes wrong without the guard %s', (without) => {
    const { unsafe, stuck } = checkModel({ without })
    expect(unsafe ?? stuck).not.toBeNull()
  })
})
