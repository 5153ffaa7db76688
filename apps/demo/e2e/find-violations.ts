import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe has against the page as it is now, one line a violation; empty when all is well. */
export async function findViolations(page: Page): Promise<string[]> {
  // Once a document, since axe is half a megabyte. Evaluated, not added as a script: the page's Content-Security-Policy
  // allows only its own.
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axe)
  // Every rule runs; only what we do not read, the markup of all that passes, is not collected.
  return await page.evaluate<string[]>(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`,
  )
}
