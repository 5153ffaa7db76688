import { describe, expect, it } from 'vitest'
import { toTheme, toWord } from './shared-theme.js'

describe('a theme in an address', () => {
  const theme = { '--brandkit-accent': 'light-dark(#0b6bcb, #7cc0ff)', '--brandkit-font': "'Große Schrift', serif" }

  it('is one word of the characters that Storybook takes from addresses, and comes back as it was', () => {
    expect(toWord(theme)).toMatch(/^[\w-]+$/)
    expect(toTheme(toWord(theme))).toEqual(theme)
    expect(toWord({})).toBe('')
  })

  it('changes nothing that is no token, and nothing at all if it is damaged', () => {
    expect(toTheme(toWord({ color: 'red', '--brandkit-radius': '4px' }))).toEqual({ '--brandkit-radius': '4px' })
    for (const word of ['', 'nonsense', undefined, btoa('null')]) expect(toTheme(word)).toEqual({})
  })
})
