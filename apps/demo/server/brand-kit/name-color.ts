import type { Oklch } from './choose-seed.ts'

/** By hue in steps of 20 degrees: names for light, middle and dark. */
const NAMES: readonly (readonly [light: string, middle: string, dark: string])[] = [
  ['Rose petal', 'Raspberry', 'Mulberry'],
  ['Blush', 'Poppy', 'Oxblood'],
  ['Peach', 'Terracotta', 'Rust'],
  ['Apricot', 'Amber', 'Chestnut'],
  ['Straw', 'Ochre', 'Umber'],
  ['Lemon', 'Olive', 'Moss'],
  ['Lime blossom', 'Leaf', 'Ivy'],
  ['Pistachio', 'Fern', 'Pine'],
  ['Mint', 'Meadow', 'Spruce'],
  ['Sea foam', 'Jade', 'Fir'],
  ['Mist', 'Lagoon', 'Deep teal'],
  ['Ice', 'Fjord', 'Petrol'],
  ['Sky', 'Harbour', 'Midnight sea'],
  ['Cornflower', 'Cobalt', 'Navy'],
  ['Periwinkle', 'Iris', 'Ink blue'],
  ['Lavender', 'Violet', 'Aubergine'],
  ['Lilac', 'Orchid', 'Plum'],
  ['Candy', 'Magenta', 'Bordeaux'],
]
const GREYS = ['Chalk', 'Pebble', 'Graphite'] as const
/** Below it a colour is seen as a grey, perhaps a warm or a cool one. */
const GREY_CHROMA = 0.035

/** A name that people can remember, by hue and lightness; a second colour of the same name is told apart. */
export function nameColor({ lightness, chroma, hue }: Oklch, taken: ReadonlySet<string> = new Set()): string {
  const [light, middle, dark] = chroma < GREY_CHROMA ? GREYS : (NAMES[Math.floor((hue % 360) / 20)] ?? GREYS)
  if (chroma < GREY_CHROMA && lightness > 0.95) return free(hue > 30 && hue < 130 ? 'Cream' : 'Snow', taken)
  const byLightness = lightness < 0.45 ? dark : middle
  return free(lightness > 0.72 ? light : byLightness, taken)
}

function free(name: string, taken: ReadonlySet<string>): string {
  const options = [name, `Soft ${name.toLowerCase()}`, `Deep ${name.toLowerCase()}`, `Quiet ${name.toLowerCase()}`]
  return options.find((option) => !taken.has(option)) ?? `${name} ${taken.size}`
}
