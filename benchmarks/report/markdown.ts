import type { Conditions } from '../machine/describe-machine.ts'

/** A table of Markdown, as the formatter would align it. The first column is text, all others are numbers. */
export function toTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(3, ...[head, ...rows.map((row) => row[column] ?? '')].map(widthOf)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join(' | ')} |`
  return [line(heads), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}

// No text here has characters of more than one unit.
const widthOf = (text: string) => text.length

/** `1,234`; a dash for what is not known. */
export const whole = (value: number): string => (Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en'))

/** `8.4 ms` */
export const milliseconds = (value: number): string => `${value.toFixed(1)} ms`

/** `1.43 ×` */
export const times = (value: number): string => `${value.toFixed(2)} ×`

/** `2026-11-29, Node 26.10.0, Postgres 18.4, …, Linux x64 with 2 cores of … and 23 GB` */
export function describeConditions({ date, machine, versions }: Conditions): string {
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `${date.slice(0, 10)}, ${machine.system} with ${machine.cores} cores (${machine.cpu}) and ${machine.memoryGb} GB; ${list.join(', ')}.`
}
