import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright'
import sharp from 'sharp'

export interface SheetPicture {
  path: string
  caption: string
}

export interface SheetOptions {
  browser: Browser
  title: string
  pictures: readonly SheetPicture[]
  columns: number
  /** Width of a picture in pixels. */
  width: number
  /** The path of the image; its ending says the format: `.png` or `.webp`. */
  path: string
}

/** Lays pictures out on one page and photographs the page. */
export async function composeSheet({ browser, title, pictures, columns, width, path }: SheetOptions): Promise<void> {
  const figures = await Promise.all(
    pictures.map(async ({ path: from, caption }) => {
      const data = await readFile(from, 'base64')
      return `<figure><img src="data:image/png;base64,${data}" width="${width}"><figcaption>${caption}</figcaption></figure>`
    }),
  )
  const page = await browser.newPage({ viewport: { width: columns * (width + 24) + 24, height: 400 } })
  await page.setContent(`<!doctype html><meta charset="utf-8"><title>${title}</title><style>
    body { margin: 0; padding: 24px; background: #e4e4ea; font: 500 13px/1.4 system-ui, sans-serif; color: #33333c }
    main { display: grid; grid-template-columns: repeat(${columns}, ${width}px); gap: 24px; align-items: start }
    figure { margin: 0 } img { display: block; border-radius: 12px } figcaption { padding: 8px 4px 0 }
  </style><main>${figures.join('')}</main>`)
  const sheet = await page.screenshot({ fullPage: true })
  await sharp(sheet).toFile(path)
  await page.close()
}
