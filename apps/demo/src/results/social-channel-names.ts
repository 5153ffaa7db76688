import type { SocialChannel } from '@brandkit/core'

export const CHANNEL_NAMES: Readonly<Record<SocialChannel, string>> = {
  instagram: 'Instagram',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  x: 'X',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  pinterest: 'Pinterest',
  threads: 'Threads',
}
