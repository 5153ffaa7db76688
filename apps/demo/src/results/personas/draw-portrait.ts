const GROUNDS = ['#d9e8e3', '#f4e3cf', '#e6e0f2', '#f3dde4', '#dce7f3', '#ebe9cf']
const SKINS = ['#f1c9a5', '#d99e73', '#a86f48', '#7c4a2d', '#f6d7bd']
const HAIRS = ['#2b211c', '#5b3a24', '#8d5a2b', '#c08a4a', '#8f8a86', '#3b2f4a']
const SHIRTS = ['#1f5f52', '#7558a8', '#b95f3a', '#2f6f9f', '#a8466a', '#6c6a2b']
const HAIR_PATHS = [
  'M24 36c-2-14 7-21 16-21s18 7 16 21c-3-6-6-9-9-11-5 4-14 5-19 4-2 2-3 4-4 7z',
  'M24 34c0-12 7-19 16-19s16 7 16 19l2 18c-4-4-5-10-5-18-4-1-8-4-10-7-4 5-11 7-16 7 0 9-1 14-5 18z',
  'M25 32c1-11 7-17 15-17s14 6 15 17c-4-5-9-7-15-7s-11 2-15 7z',
  'M22 33c-3-6 1-11 5-12 2-5 8-8 13-7 5-2 11 1 13 6 5 1 7 8 4 13-1-4-3-6-6-7-3 1-6 1-8-1-4 3-9 3-12 1-4 1-7 3-9 7z',
]

export interface PortraitColors {
  ground: string
  skin: string
  hair: string
  hairPath: string
  shirt: string
}

/** A face for a persona, always the same for the same text, so that cards can be told apart at a glance. */
export function drawPortrait(seed: string): PortraitColors {
  let hash = 2_166_136_261
  for (const character of seed) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0
  const pick = (list: readonly string[], salt: number) =>
    list[((hash >>> salt) ^ (hash >>> (salt + 9))) % list.length] ?? ''
  return {
    ground: pick(GROUNDS, 1),
    skin: pick(SKINS, 4),
    hair: pick(HAIRS, 7),
    hairPath: pick(HAIR_PATHS, 10),
    shirt: pick(SHIRTS, 13),
  }
}
