import { globSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Sentences that begin so keep their subject back; the words send a reader looking for what they mean. */
const HARD = [
  /(?:^[*_]*|[.!?:][*_]* )(?:Of|By|Else|Where|There|Whoever)\b/,
  /\bof (?:which|whom)\b|\b(?:who|where)(?:so)?ever\b|\ball the same\b|\bsomebody\b|\bthereof\b/i,
]

const files = globSync(
  [
    '{*,.changeset/*}.md',
    'docs/**/*.md',
    'tooling/{*,*/*}.ts',
    '{packages,apps}/*/*.{md,ts}',
    'benchmarks/**/*.{md,ts,tsx}',
    '{packages,apps}/*/{src,server,e2e,proofs,test,.storybook}/**/*.{ts,tsx,js,css,mdx}',
  ],
  { cwd: root, exclude: (path) => /(^|\/)(node_modules|dist)($|\/)/.test(path) },
)

describe('comments and pages', () => {
  it('are more than a few', () => {
    expect(files.length).toBeGreaterThan(500)
  })

  it('say a thing with its subject first, and in plain words', () => {
    const hard = files.flatMap((file) =>
      textsOf(file)
        .filter(({ text }) => HARD.some((pattern) => pattern.test(text)))
        .map(({ line, text }) => `${file}:${line} ${text}`),
    )
    expect(hard).toEqual([])
  })
})

interface Text {
  line: number
  text: string
}

function textsOf(file: string): Text[] {
  const source = readFileSync(join(root, file), 'utf8')
  return /^\.mdx?$/.test(extname(file)) ? paragraphsOf(source) : commentsOf(source)
}

/** What a page says: each paragraph, row or item as one line, without code. */
function paragraphsOf(source: string): Text[] {
  const prose = source
    .replaceAll(/^```[\s\S]*?^```|<!--[\s\S]*?-->/gm, keepLines)
    .replaceAll(/`[^`\n]*`|“[^”]*”/g, '`…`')
  return gather(
    prose.split('\n').map((text) => (/^\s*(?:#|<)/.test(text) ? '' : text)),
    /^\s*(?:[|>*-]|\d+\.)\s/,
  )
}

/** Each comment as one line, without the code that it quotes. */
function commentsOf(source: string): Text[] {
  const comments = source
    .replaceAll(
      /(^|\s)(\/\*\*?[\s\S]*?\*\/|\/\/ .*$)|[^\n]/gm,
      (_all, space: string | undefined, comment = '') => `${space ?? ''}${comment}`,
    )
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/|\/?\*+\/?)\s?|\s*\*\/$/g, '').replaceAll(/`[^`]*`|"[^"]*"/g, '`…`'))
  return gather(comments, /^(?:@|-)/)
}

/** Joins lines that go on; an empty one ends a text, and one that matches begins one. */
function gather(lines: readonly string[], begins: RegExp): Text[] {
  const texts: Text[] = []
  let current: Text | undefined
  lines.forEach((raw, index) => {
    const text = raw.replace(/^\s*(?:[|>*-]|\d+\.)\s+/, '').trim()
    if (text === '') current = undefined
    else if (current && !begins.test(raw)) current.text += ` ${text}`
    else texts.push((current = { line: index + 1, text }))
  })
  return texts
}

const keepLines = (text: string) => text.replaceAll(/[^\n]/g, '')
