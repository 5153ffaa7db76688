import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contrastsOf } from './contrast.js'
import { TOKENS } from './read-tokens.js'
import { type Theme, toFigma } from './to-figma.js'
import { toStylesheet } from './to-stylesheet.js'
import { toTable } from './to-table.js'

const folder = join(import.meta.dirname, '..')
/** With lists of numbers in one line, as the formatter likes it. */
const toJson = (value: object) =>
  `${JSON.stringify(value, null, 2)}\n`.replaceAll(/\[[\d.,\s]+\]/g, (list) =>
    JSON.stringify(JSON.parse(list)).replaceAll(',', ', '),
  )

// `pnpm run tokens` writes these files anew.
describe('what is made of the tokens', () => {
  it('is the stylesheet', async () => {
    await expect(toStylesheet(TOKENS)).toMatchFileSnapshot(join(folder, 'src/tokens.css'))
  })

  it.each<Theme>(['light', 'dark'])('is the %s mode of Figma’s variables', async (theme) => {
    await expect(toJson(toFigma(TOKENS, theme))).toMatchFileSnapshot(join(folder, `tokens/figma-${theme}.json`))
  })

  it('is the table of the page on theming', async () => {
    const file = join(folder, '../../docs/guide/theming.md')
    const parts = readFileSync(file, 'utf8').split(/(?<=<!-- tokens -->\n)[\s\S]*?(?=<!-- end of tokens -->)/)
    expect(parts).toHaveLength(2)
    await expect(parts.join(`\n${toTable(TOKENS)}\n\n`)).toMatchFileSnapshot(file)
  })
})

describe('every token', () => {
  it('says what it is for', () => {
    for (const { name, purpose } of TOKENS)
      expect({ name, purpose }).toEqual({ name, purpose: expect.stringMatching(/.{15,}\.$/) })
  })

  it('has a dark value exactly if it is a colour or has one', () => {
    const dark = TOKENS.filter((token) => token.dark !== undefined)
    expect(dark.map(({ name }) => name)).toEqual(
      TOKENS.filter(({ kind }) => kind === 'color' || kind === 'shadow').map(({ name }) => name),
    )
  })

  it('is read easily on every ground, in both themes', () => {
    const contrasts = TOKENS.flatMap(contrastsOf)
    expect(contrasts.length).toBeGreaterThan(15)
    expect(contrasts.filter(({ ratio, least }) => ratio < least)).toEqual([])
  })
})
