import { contrastsOf } from './contrast.js'
import type { Token } from './read-tokens.js'
import { toCssValue, toNarrowCssValue } from './to-css.js'

/** The tokens as a table of the page on theming, as the formatter likes it. */
export function toTable(tokens: readonly Token[]): string {
  const rows = [
    ['token', 'purpose', 'default'],
    ...tokens.map((token) => [`\`--brandkit-${token.name}\``, toPurpose(token), toDefault(token)]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const toLine = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [toLine(head), toLine(widths.map((width) => '-'.repeat(width))), ...body.map(toLine)].join('\n')
}

/** The least contrast is the one that a changed colour must keep. */
function toPurpose(token: Token): string {
  const contrasts = contrastsOf(token)
  if (contrasts.length === 0) return token.purpose
  const least = Math.min(...contrasts.map(({ ratio }) => ratio))
  return `${token.purpose} Contrast ${least.toFixed(2)} : 1 or more.`
}

function toDefault(token: Token): string {
  const narrow = toNarrowCssValue(token)
  const value = `\`${toCssValue(token)}\``
  return narrow === undefined ? value : `${value}; \`${narrow}\` up to 480 px`
}
