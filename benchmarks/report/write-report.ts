import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from './report.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The folders of a report. Tests have their own. */
export interface ReportPlaces {
  page: string
  plots: string
  results: string
}

export const REPORT_PLACES: ReportPlaces = {
  page: join(ROOT, 'docs/benchmarks.md'),
  plots: join(ROOT, 'docs/benchmarks'),
  results: join(ROOT, 'benchmarks/results'),
}

/** Writes all numbers as JSON, the pictures, and what the page shows between the markers of this benchmark. */
export async function writeReport(name: string, report: Report, places: ReportPlaces = REPORT_PLACES): Promise<void> {
  const { markdown, plots, ...numbers } = report
  const page = replaceBetween(await readFile(places.page, 'utf8'), { name, text: markdown })
  await Promise.all([places.plots, places.results].map((folder) => mkdir(folder, { recursive: true })))
  await writeFile(join(places.results, `${name}.json`), `${JSON.stringify(numbers, null, 2)}\n`)
  for (const [file, svg] of Object.entries(plots)) await writeFile(join(places.plots, file), svg)
  await writeFile(places.page, page)
}

/** @throws Error when the page has no such markers */
export function replaceBetween(page: string, { name, text }: { name: string; text: string }): string {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from === -1 || to < from) throw new Error(`docs/benchmarks.md needs the lines "${begin}" and "${end}".`)
  return `${page.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${page.slice(to)}`
}
