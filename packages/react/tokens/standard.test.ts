import { defineConfig, parse } from '@terrazzo/parser'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { TOKENS } from './read-tokens.js'

const folder = new URL('./', import.meta.url)

const req = async (url: URL) => readFile(url, 'utf8')

/** @throws Error if the file is no document of the Design Tokens specification */
async function parseFile(name: string) {
  const filename = new URL(name, folder)
  return parse([{ filename, src: await req(filename) }], { config: defineConfig({}, { cwd: folder }), req })
}

describe('the files of tokens', () => {
  it.each(['tokens.json', 'dark.json', 'narrow.json', 'figma-light.json', 'figma-dark.json'])(
    'are design tokens by the specification of 2025.10: %s',
    async (name) => {
      const { tokens } = await parseFile(name)
      expect(Object.keys(tokens).length).toBeGreaterThan(0)
    },
  )

  it('are joined by their resolver, as the stylesheet joins them', async () => {
    const { resolver } = await parseFile('resolver.json')
    const light = resolver?.apply({ theme: 'light', width: 'wide' }) ?? {}
    const dark = resolver?.apply({ theme: 'dark', width: 'narrow' }) ?? {}
    expect(Object.keys(light).toSorted()).toEqual(TOKENS.map(({ name }) => `brandkit.${name}`).toSorted())
    for (const token of TOKENS) {
      expect(light[`brandkit.${token.name}`]?.$value).toMatchObject(token.value as object)
      expect(dark[`brandkit.${token.name}`]?.$value).toMatchObject(
        (token.dark ?? token.narrow ?? token.value) as object,
      )
    }
  })
})
