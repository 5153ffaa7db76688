import { describe, expect, it } from 'vitest'
import { strayCharacters } from './stray-characters.js'

describe('strayCharacters', () => {
  it.each([' x', 'x ', 'x\n', '\tx', 'x\r\n', '\uFEFFx', '\u00A0x'])('finds what stands around %j', (value) => {
    expect(strayCharacters(value)).toMatch(/^has a blank or a line break/)
  })

  it.each(['"x"', "'x'", '`x`', '"x', "x'", '“x”'])('finds the quotes of %j', (value) => {
    expect(strayCharacters(value)).toMatch(/^stands in quotes/)
  })

  it.each(['x\u0000y', 'x\ny', 'x\u200By', 'x\u007Fy', 'x\u2028y'])('finds what cannot be seen in %j', (value) => {
    expect(strayCharacters(value)).toMatch(/^holds a character that cannot be seen/)
  })

  it.each(['', 'x', './my data', 'postgres://ada:p"w@host/db', 'Zoë’s'])('leaves %j alone', (value) => {
    expect(strayCharacters(value)).toBeUndefined()
  })
})
