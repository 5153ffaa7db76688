import type { ICalEventData } from 'ical-generator'

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
