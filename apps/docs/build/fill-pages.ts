import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TASK_ERROR_TITLES } from '../../../packages/core/src/task-error-titles.ts'
import { TASK_ERRORS, type TaskErrorCode } from '../../../packages/core/src/task-error-codes.ts'
import { root } from './repository.ts'

/**
 * What a page of the site shows of other sources, between `<!-- name -->` and `<!-- /name -->`. The page itself has a link
 * there, which is what people see where the code is hosted.
 */
const PARTS: Readonly<Record<string, () => string>> = { measured: toMeasured, errors: toErrorTable }

export function fillPage(text: string): string {
  const filled = text.replaceAll(
    /<!-- (\w+) -->\n[\s\S]*?<!-- \/\1 -->/g,
    (all, name: string) => PARTS[name]?.() ?? all,
  )
  return filled.replaceAll(/^### (\w+)$/gm, (heading, code: string) =>
    code in TASK_ERRORS ? `${heading}\n\n${toFacts(code as TaskErrorCode)}` : heading,
  )
}

function toErrorTable(): string {
  const rows = codes().map((code) => {
    const { status, retryable } = TASK_ERRORS[code]
    return `| [\`${code}\`](#${code}) | ${status || '–'} | ${retryable ? 'may help' : '–'} | ${TASK_ERROR_TITLES[code]} |`
  })
  return ['| code | HTTP | again | title |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function toFacts(code: TaskErrorCode): string {
  const { status, retryable } = TASK_ERRORS[code]
  const answer = status === 0 ? 'No answer came' : `HTTP ${status}`
  return `_${TASK_ERROR_TITLES[code]}._ ${answer}; ${retryable ? 'the same request may succeed later' : 'the same request fails again'}.`
}

export const codes = () => Object.keys(TASK_ERRORS) as TaskErrorCode[]

const COLUMNS = ['tasks a second', 'against the peer', 'life p50 / p99', 'CPU µs a task']

/** The table of tasks whose reports are 50 ms apart, as generators do, with the time from a click to the start of the work. */
export function toMeasured(page = readFileSync(join(root, 'docs/benchmarks.md'), 'utf8')): string {
  const lives = tableUnder(page, '### Spaced: two reports, 50 ms apart')
  const clicks = tableUnder(page, '## From a click until the work starts')
  const rows = lives.map((life) => {
    const click = clicks.find(({ name }) => name === life.name)
    if (!click) throw new Error(`docs/benchmarks.md has no start of the work for "${life.name}".`)
    const cells = [...COLUMNS.map((column) => cellOf(life, column)), cellOf(click, 'p50')]
    const isOurs = life.name.startsWith('ours')
    return `| ${[life.name, ...cells].map((cell) => (isOurs ? `**${cell}**` : cell)).join(' | ')} |`
  })
  const head = ['', ...COLUMNS, 'click to start']
  return [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows].join('\n')
}

interface Row {
  name: string
  cells: ReadonlyMap<string, string>
}

function cellOf({ name, cells }: Row, column: string): string {
  const cell = cells.get(column)
  if (!cell) throw new Error(`The table of docs/benchmarks.md has no "${column}" for "${name}".`)
  return cell
}

function tableUnder(page: string, heading: string): Row[] {
  const after = page.split(`\n${heading}\n`)[1]
  const lines = /^\|.*(?:\n\|.*)+/m.exec(after ?? '')?.[0].split('\n') ?? []
  const [head = [], , ...body] = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  if (body.length === 0) throw new Error(`docs/benchmarks.md has no table under "${heading}".`)
  return body.map(([name = '', ...cells]) => ({
    name,
    cells: new Map(cells.map((cell, at) => [head[at + 1] ?? '', cell])),
  }))
}
