import { describe, expect, it } from 'vitest'
import { fillDraft } from './fill-draft.ts'

const phrases = { topic: ['Cold brew'], feature: ['fresh from the roaster', 'cancel any time'], concern: [] }

describe('fillDraft', () => {
  it('quotes a phrase as it was written, by the seed, and the one after it', () => {
    expect(fillDraft(['First {feature}, then {feature+1}.'], phrases)).toBe(
      'First “fresh from the roaster”, then “cancel any time”.',
    )
    expect(fillDraft(['{feature}'], phrases, { seed: 3 })).toBe('“cancel any time”')
  })

  it('quotes all of them, or puts one in as it is', () => {
    expect(fillDraft(['{=topic}: {feature*}'], phrases)).toBe('Cold brew: “fresh from the roaster”, “cancel any time”')
  })

  it('leaves out a line that the brief has nothing for', () => {
    expect(fillDraft(['Hello,', 'Open with {concern}.', 'Third: {feature+2}.', 'Bye.'], phrases, { join: '\n' })).toBe(
      'Hello,\nBye.',
    )
  })

  it('takes a phrase word by word, whatever it holds', () => {
    expect(fillDraft(['Say {odd}.'], { odd: ['$& {topic}'] })).toBe('Say “$& {topic}”.')
  })
})
