import type { ICalEventData } from 'ical-generator'
import type { TaskResult } from '@brandkit/core'
import { embedFont } from './fonts.ts'

/** A file that a result can be saved as. Its content is made on request. */
export interface ExportFile {
  label: string
  fileName: string
  mediaType: string
  content: () => string | Blob | Promise<string | Blob>
}

type Cell = string | number | null | undefined

/**
 * A table for spreadsheets (RFC 4180), with a byte order mark so that they read it as UTF-8. A cell that looks like a formula
 * gets a quotation mark in front, because its words may be from anywhere.
 */
export function csvFile(name: string, rows: () => readonly Readonly<Record<string, Cell>>[]): ExportFile {
  return {
    label: 'CSV',
    fileName: `${toFileName(name)}.csv`,
    mediaType: 'text/csv;charset=utf-8',
    async content() {
      const { default: papa } = await import('papaparse')
      return `\uFEFF${papa.unparse([...rows()], { escapeFormulae: true })}\r\n`
    },
  }
}

/** One entry of a calendar: whole days, or a moment of the calendar's own local time. */
export interface CalendarEntry {
  /** Stays the same when the same result is saved again, so that calendars replace the entry. */
  key: string
  title: string
  text: string
  /** ISO 8601. */
  date: string
  /** `09:30`; without it the entry takes whole days. */
  time?: string
  /** Default 1. */
  days?: number
}

const POST_MS = 30 * 60_000
const DAY_MS = 24 * 60 * 60_000

/** A calendar (RFC 5545). Times have no zone: nine o'clock is nine o'clock where the brand is. */
export function calendarFile(name: string, entries: () => readonly CalendarEntry[]): ExportFile {
  return {
    label: 'calendar (ICS)',
    fileName: `${toFileName(name)}.ics`,
    mediaType: 'text/calendar;charset=utf-8',
    async content() {
      const { ICalCalendar } = await import('ical-generator')
      return new ICalCalendar({ name, events: entries().map((entry) => toEvent(entry)) }).toString()
    },
  }
}

function toEvent({ key, title, text, date, time, days = 1 }: CalendarEntry): ICalEventData {
  // The library reads the figures of a floating time in UTC, and writes no zone.
  const start = new Date(`${date}T${time ?? '00:00'}:00Z`)
  const length = time === undefined ? days * DAY_MS : POST_MS
  return {
    id: `${key}@studio.example`,
    summary: title,
    description: text,
    start,
    end: new Date(start.getTime() + length),
    floating: true,
    allDay: time === undefined,
  }
}

/** Letters and digits of any script, joined by hyphens: a name that every system takes. */
export function toFileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .slice(0, 60)
      .replaceAll(/^-+|-+$/g, '') || 'result'
  )
}

/** Offers a file as a download. */
export async function saveFile({ content, mediaType, fileName }: ExportFile): Promise<void> {
  const address = URL.createObjectURL(new Blob([await content()], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}

type BrandKit = TaskResult<'GENERATE_BRAND_KIT'>

/** A brand kit as CSS custom properties, in OKLCH with the hex digits beside it. */
export function toCssTokens({ brandName, palette, typography }: BrandKit): string {
  const colors = palette.colors.map(
    ({ role, hex, lightness, chroma, hue, name }) =>
      `  --color-${role}: oklch(${round(lightness)} ${round(chroma)} ${round(hue, 1)}); /* ${hex}, ${plain(name)} */`,
  )
  const sizes = typography.scale.flatMap(({ level, sizePx, lineHeight, weight }) => [
    `  --text-${level}: ${round(sizePx / 16)}rem;`,
    `  --text-${level}-line-height: ${lineHeight};`,
    `  --text-${level}-weight: ${weight};`,
  ])
  return [
    `/* ${plain(brandName)} */`,
    ':root {',
    ...colors,
    '',
    `  --font-heading: ${typography.headingFamily};`,
    `  --font-body: ${typography.bodyFamily};`,
    ...sizes,
    '}',
    '',
  ].join('\n')
}

function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits))
}

/** Removes comment ends from a name, because the name is written into a comment. */
function plain(text: string): string {
  return text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')
}

/** A brand kit as design tokens in the format of the W3C community group (DTCG 2025.10), for design tools. */
export function toDesignTokens({ brandName, palette, typography }: BrandKit): string {
  const { headingFamily, bodyFamily, scale } = typography
  const tokens = {
    $description: brandName,
    color: {
      $type: 'color',
      ...Object.fromEntries(
        palette.colors.map(({ role, name, hex, lightness, chroma, hue }) => [
          role,
          {
            $value: { colorSpace: 'oklch', components: [round(lightness), round(chroma), round(hue, 1)], hex },
            $description: name,
          },
        ]),
      ),
    },
    font: { $type: 'fontFamily', heading: { $value: headingFamily }, body: { $value: bodyFamily } },
    text: {
      $type: 'typography',
      ...Object.fromEntries(
        scale.map(({ level, sizePx, lineHeight, weight }) => [
          level,
          {
            $value: {
              fontFamily: isHeading(level) ? '{font.heading}' : '{font.body}',
              fontSize: { value: round(sizePx / 16), unit: 'rem' },
              fontWeight: weight,
              letterSpacing: { value: 0, unit: 'rem' },
              lineHeight,
            },
          },
        ]),
      ),
    },
  }
  return `${JSON.stringify(tokens, null, 2)}\n`
}

const HEADINGS: ReadonlySet<string> = new Set(['display', 'headline', 'title'])

/** Whether a level of the type scale is set in the family of the headings. */
export function isHeading(level: string): boolean {
  return HEADINGS.has(level)
}

/** The mark as a file of its own: letters bring the font along that draws them. */
export function toMark({ logo, typography }: Pick<BrandKit, 'logo' | 'typography'>): Promise<string> {
  return embedFont(logo.svg, typography.headingFamily)
}

const PNG_PX = 1_024

/** The mark as pixels, 1,024 on its longer side, on no ground. */
export async function toPng(kit: Pick<BrandKit, 'logo' | 'typography'>): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await toMark(kit))}`
  await image.decode()
  const longest = Math.max(image.naturalWidth, image.naturalHeight) || 1
  const canvas = document.createElement('canvas')
  canvas.width = Math.round((image.naturalWidth / longest) * PNG_PX)
  canvas.height = Math.round((image.naturalHeight / longest) * PNG_PX)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return await new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser could not draw the mark.'))),
      'image/png',
    )
  })
}
