import type { TaskResult } from '@brandkit/core'
import { embedFont } from './fonts.ts'

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
