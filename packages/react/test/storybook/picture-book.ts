import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import sharp, { type Sharp } from 'sharp'

/** How much may differ before a picture counts as another one. */
const TOLERANCE = {
  /** The distance of two colours, from 0 to 1. */
  colour: 0.15,
  /** The share of a picture's pixels. Text that is drawn by another version of the font library differs by less. */
  pixels: 0.0005,
}

const BOOKS = join(import.meta.dirname, 'pictures')
const DIFFERENCES = join(import.meta.dirname, '../../.results/pictures')

/** A picture as its pixels: four bytes each. */
export interface Picture {
  data: Buffer
  width: number
  height: number
}

/** A place in the book, in pixels. */
interface Place {
  x: number
  y: number
  width: number
  height: number
}
type Places = Record<string, Place>

/** The pictures of one component in one image: what is compared, and what a person looks at. */
export interface PictureBook {
  readonly names: readonly string[]
  /** What differs from the picture of this name, as a sentence; `undefined` if nothing does. */
  compare(name: string, picture: Picture): string | undefined
  /** Writes the picture, the one of the book and their difference side by side. @returns the path */
  keepDifference(name: string, picture: Picture): Promise<string>
}

/** Opens the book of a component; without a book every picture is missing. */
export async function openBook(component: string): Promise<PictureBook> {
  const { places, sheet } = await readBook(component)
  const cut = (name: string) => (sheet && places[name] ? cutOut(sheet, places[name]) : undefined)
  return {
    names: Object.keys(places),
    compare: (name, picture) => {
      const before = cut(name)
      if (!before) return 'There is no picture of it yet: pnpm run pictures.'
      if (before.width !== picture.width || before.height !== picture.height)
        return `It was ${before.width} × ${before.height} pixels, and is ${picture.width} × ${picture.height}.`
      const { width, height } = picture
      const count = pixelmatch(before.data, picture.data, undefined, width, height, { threshold: TOLERANCE.colour })
      return count <= TOLERANCE.pixels * width * height ? undefined : `${count} pixels differ.`
    },
    keepDifference: async (name, picture) => {
      const { width, height } = picture
      const before = cut(name)
      const same =
        before?.width === width && before.height === height
          ? before
          : { ...picture, data: Buffer.alloc(picture.data.length) }
      const difference = Buffer.alloc(picture.data.length)
      pixelmatch(same.data, picture.data, difference, width, height, { threshold: TOLERANCE.colour })
      const path = join(DIFFERENCES, `${component} ${name}.png`.replaceAll(/[^\w.-]+/g, '-'))
      await mkdir(DIFFERENCES, { recursive: true })
      await writeFile(
        path,
        await toImage(
          [same, picture, { ...picture, data: difference }].map((data, index) => ({ data, x: index * width, y: 0 })),
        )
          .png()
          .toBuffer(),
      )
      return path
    },
  }
}

/** Writes a book anew: a row for each story, and stories side by side as long as they fit. */
export async function writeBook(
  component: string,
  stories: ReadonlyMap<string, ReadonlyMap<string, Picture>>,
): Promise<void> {
  const places: Places = {}
  const cells: Cell[] = []
  let [x, y, rowHeight] = [0, 0, 0]
  for (const [story, views] of stories) {
    const width = [...views.values()].reduce((sum, picture) => sum + picture.width + GAP, 0)
    if (x > 0 && x + width > WIDEST) [x, y, rowHeight] = [0, y + rowHeight + GAP, 0]
    for (const [view, picture] of views) {
      places[`${story}, ${view}`] = { x, y, width: picture.width, height: picture.height }
      cells.push({ data: picture, x, y })
      x += picture.width + GAP
      rowHeight = Math.max(rowHeight, picture.height)
    }
  }
  await mkdir(BOOKS, { recursive: true })
  await writeFile(pathOf(component, 'webp'), await toImage(cells).webp({ lossless: true, effort: 5 }).toBuffer())
  await writeFile(pathOf(component, 'json'), `${JSON.stringify(places, null, 2)}\n`)
}

const GAP = 16
/** A WebP may be 16,383 pixels wide. */
const WIDEST = 7_600

interface Cell {
  data: Picture
  x: number
  y: number
}

function toImage(cells: readonly Cell[]): Sharp {
  const width = Math.max(...cells.map(({ data, x }) => x + data.width))
  const height = Math.max(...cells.map(({ data, y }) => y + data.height))
  const layers = cells.map(({ data: { data, width: own, height: tall }, x, y }) => ({
    input: data,
    raw: { width: own, height: tall, channels: 4 as const },
    left: x,
    top: y,
  }))
  return sharp({ create: { width, height, channels: 4, background: '#ffffff' } }).composite(layers)
}

function cutOut(sheet: Picture, { x, y, width, height }: Place): Picture {
  const data = Buffer.alloc(width * height * 4)
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * sheet.width + x) * 4
    sheet.data.copy(data, row * width * 4, from, from + width * 4)
  }
  return { data, width, height }
}

async function readBook(component: string): Promise<{ places: Places; sheet?: Picture }> {
  if (!existsSync(pathOf(component, 'json'))) return { places: {} }
  const places = JSON.parse(await readFile(pathOf(component, 'json'), 'utf8')) as Places
  return { places, sheet: await toPicture(await readFile(pathOf(component, 'webp'))) }
}

/** The pixels of an image file's content. */
export async function toPicture(image: Buffer): Promise<Picture> {
  const { data, info } = await sharp(image).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

const pathOf = (component: string, extension: 'webp' | 'json') =>
  join(BOOKS, `${component.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.${extension}`)
