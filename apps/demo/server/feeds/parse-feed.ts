import {
  FACEBOOK_POST_KINDS,
  FACEBOOK_SURFACES,
  type FacebookPostKind,
  type FacebookSurface,
  TREND_MEDIA,
  type TrendMedium,
} from '@brandkit/core/brand-tasks'
import * as z from 'zod'
import { parseFeed as parse } from 'feedsmith'

export interface Engagement {
  /** The number of people who saw it. */
  views: number
  reactions: number
  comments: number
  shares: number
}

/** One published item; trends are counted from these. */
export interface FeedItem {
  title: string
  /** http or https. */
  url: string
  /** Milliseconds since 1970. */
  at: number
  /** The hour on the publisher's clock, 0 to 23, by the offset of the date. */
  localHour: number
  /** Categories as written, without those for region, medium or kind. */
  tags: string[]
  medium: TrendMedium
  /** Two letters of ISO 3166-1. */
  region?: string
  surface?: FacebookSurface
  kind?: FacebookPostKind
  engagement?: Engagement
}

/** A list of feeds, as `TREND_FEEDS` names it. It holds the facts that a feed does not state about itself. */
export const feedListSchema = z
  .array(
    z.strictObject({
      /** An http(s) address, or a file beside the list. */
      source: z.string().min(1),
      medium: z.enum(TREND_MEDIA),
      /** The region of its readers. A category with the domain "region" sets the region of one item. */
      region: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .exactOptional(),
      /** Only for feeds of Facebook posts. */
      surface: z.enum(FACEBOOK_SURFACES).exactOptional(),
    }),
  )
  .min(1)

export type FeedSource = z.output<typeof feedListSchema>[number]

/** Categories that say what an item is, and not what it is about. */
const OWN_DOMAINS: ReadonlySet<string> = new Set(['region', 'medium', 'surface', 'kind'])

interface Entry {
  title: string | undefined
  url: string | undefined
  date: string | undefined
  categories: { name: string; domain?: string | undefined }[]
  engagement?: Engagement | undefined
}

/**
 * Reads the items of an RSS, RDF, Atom or JSON feed. Items without a title, a web link or a date are left out. Engagement
 * comes from `media:statistics` (views, favorites), `slash:comments` and the tag `shares:<number>` of `media:tags`. Region,
 * medium, surface and kind of post come from categories with that domain (Atom: scheme), or else from the list.
 *
 * @throws when the text is no feed
 */
export function parseFeed(text: string, { medium, region, surface }: FeedSource): FeedItem[] {
  return readEntries(text).flatMap(({ title, url, date, categories, engagement }) => {
    const at = Date.parse(date ?? '')
    if (!title?.trim() || !url || !/^https?:\/\//i.test(url) || !URL.canParse(url) || Number.isNaN(at)) return []

    const own = (domain: string) => categories.find((category) => category.domain === domain)?.name
    const place = own('region') ?? region
    const kind = oneOf(FACEBOOK_POST_KINDS, own('kind'))
    const where = oneOf(FACEBOOK_SURFACES, own('surface')) ?? surface
    return [
      {
        title: toPlainText(title),
        url,
        at,
        localHour: localHourOf(date ?? '', at),
        tags: categories
          .filter(({ domain }) => domain === undefined || !OWN_DOMAINS.has(domain))
          .map(({ name }) => name.trim()),
        medium: oneOf(TREND_MEDIA, own('medium')) ?? medium,
        ...(place && /^[A-Z]{2}$/.test(place) && { region: place }),
        ...(where && { surface: where }),
        ...(kind && { kind }),
        ...(engagement && { engagement }),
      },
    ]
  })
}

function readEntries(text: string): Entry[] {
  const { format, feed } = parse(text)
  if (format === 'rss') {
    return (feed.items ?? []).map((item) => ({
      title: item.title ?? item.description,
      url: item.link ?? item.guid?.value,
      date: item.pubDate ?? item.dc?.dates?.[0],
      categories: (item.categories ?? []).flatMap(({ name, domain }) => (name ? [{ name, domain }] : [])),
      engagement: readEngagement(item.media?.community, item.slash?.comments),
    }))
  }
  if (format === 'rdf') {
    return (feed.items ?? []).map((item) => ({
      title: item.title,
      url: item.link,
      date: item.dc?.dates?.[0],
      categories: (item.dc?.subjects ?? []).map((name) => ({ name })),
    }))
  }
  if (format === 'atom') {
    return (feed.entries ?? []).map((entry) => ({
      title: entry.title?.value,
      url: entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
      date: entry.published ?? entry.updated,
      categories: (entry.categories ?? []).flatMap(({ term, label, scheme }) =>
        term ? [{ name: label ?? term, domain: scheme }] : [],
      ),
    }))
  }
  return (feed.items ?? []).map((item) => ({
    title: item.title ?? item.content_text,
    url: item.url ?? item.id,
    date: item.date_published ?? item.date_modified,
    categories: (item.tags ?? []).map((name) => ({ name })),
  }))
}

interface Community {
  statistics?: { views?: number; favorites?: number }
  tags?: { name?: string; weight?: number }[]
}

function readEngagement(community: Community | undefined, comments = 0): Engagement | undefined {
  const views = community?.statistics?.views
  if (!views || views < 0) return undefined
  return {
    views: toCount(views),
    reactions: toCount(community.statistics?.favorites),
    comments: toCount(comments),
    shares: toCount(community.tags?.find(({ name }) => name === 'shares')?.weight),
  }
}

function toCount(value: number | undefined): number {
  return Math.max(0, Math.round(value ?? 0))
}

/** The hour by the offset in the date; a date without an offset is read as UTC. */
function localHourOf(date: string, at: number): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):?(\d{2})\s*$/.exec(date) ?? []
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  return new Date(at + (sign ? offset : 0) * 60_000).getUTCHours()
}

function toPlainText(title: string): string {
  return title
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}

function oneOf<Value extends string>(known: readonly Value[], value: string | undefined): Value | undefined {
  return known.find((entry) => entry === value)
}
