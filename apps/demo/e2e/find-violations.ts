import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The violations that axe finds in the current page, one line each. */
export async function findViolations(page: Page): Promise<string[]> {
  // Loads axe once for each document, since it is half a megabyte. Evaluated instead of added as a script, because the
  // page's Content-Security-Policy allows only the page's own scripts.
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axe)
  // Every rule runs; only the markup that passes is not collected.
  return await page.evaluate<string[]>(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`,
  )
}
