import type { TaskResult } from '@brandkit/core'

/** A brand kit as CSS custom properties, in OKLCH with the hex digits beside it. */
export function toCssTokens({ brandName, palette, typography }: TaskResult<'GENERATE_BRAND_KIT'>): string {
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
