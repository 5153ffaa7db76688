import type { SocialChannel } from '@brandkit/core/brand-tasks'

export interface ChannelStyle {
  /** What people read before they scroll on, in UTF-16 units; the limit of the network is higher in most. */
  comfort: number
  hashtags: number
  /** What is shown: a picture, or how it is filmed. */
  format: string
  /** Times of day that usually do well, best first: hours and minutes, local. */
  times: readonly [string, ...string[]]
  /** Days that usually do well, best first: 0 is Sunday. */
  days: readonly [number, ...number[]]
}

/** Editorial assumptions of this demo. A real product would take them from the brand's own numbers. */
export const CHANNEL_STYLES: Readonly<Record<SocialChannel, ChannelStyle>> = {
  instagram: { comfort: 700, hashtags: 6, format: 'Square or 4:5', times: ['12:15', '19:30'], days: [3, 5, 1, 0] },
  facebook: { comfort: 500, hashtags: 2, format: 'Landscape', times: ['13:00', '18:45'], days: [4, 2, 6, 0] },
  linkedin: {
    comfort: 1_100,
    hashtags: 3,
    format: 'Document or landscape',
    times: ['08:10', '17:05'],
    days: [2, 3, 4],
  },
  x: {
    comfort: 280,
    hashtags: 1,
    format: 'Landscape, readable without tapping',
    times: ['09:00', '16:30'],
    days: [2, 4, 3, 1],
  },
  tiktok: {
    comfort: 220,
    hashtags: 4,
    format: 'Upright film of 20 seconds, first line on screen',
    times: ['20:00', '16:00'],
    days: [5, 2, 6],
  },
  youtube: {
    comfort: 900,
    hashtags: 3,
    format: 'Film of three minutes with a thumbnail',
    times: ['17:00', '11:00'],
    days: [6, 4, 0],
  },
  pinterest: {
    comfort: 400,
    hashtags: 3,
    format: 'Upright 2:3 with text on it',
    times: ['20:45', '21:30'],
    days: [0, 6, 5],
  },
  threads: { comfort: 450, hashtags: 1, format: 'Square, or text alone', times: ['08:45', '21:00'], days: [1, 3, 5] },
}
