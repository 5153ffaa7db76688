import { hashText } from '../words/hash-text.ts'
import type { Logo, LogoOptions } from './draw-logo.ts'
import { toXmlText } from './to-xml-text.ts'

const CENTRE = 32
const OUTER = 29

/**
 * A rosette: one blade, turned around the centre. The name decides how many blades there are (3 to 8), how far they reach in
 * and how they lean; the traits how round they are. The same name always gives the same mark.
 */
export function drawSymbol({
  brandName,
  style,
  roundness,
  colors,
}: Pick<LogoOptions, 'brandName' | 'style' | 'colors'> & { roundness: number }): Logo {
  const hash = hashText(brandName)
  const blades = 3 + (hash % 6)
  const inner = 5 + ((hash >>> 4) % 8)
  const lean = (((hash >>> 8) % 5) - 2) * 5
  const spread = 180 / blades
  const middle = (inner + OUTER) / 2

  const outline = Array.from({ length: blades }, (_, index) => {
    const angle = (360 / blades) * index - 90
    const start = pointAt(angle, inner)
    const tip = pointAt(angle + lean, OUTER)
    // A round blade bulges wide; an angular one is straight, so its corners lie on the way.
    const width = spread * (0.45 + 0.4 * roundness)
    const left = pointAt(angle - width + lean / 2, middle + roundness * 4)
    const right = pointAt(angle + width + lean / 2, middle + roundness * 4)
    const path =
      roundness >= 0.4 ? `M${start} Q${left} ${tip} Q${right} ${start} Z` : `M${start} L${left} L${tip} L${right} Z`
    return `<path d="${path}" fill="${blades % 2 === 1 || index % 2 === 0 ? colors.primary : colors.secondary}"/>`
  })
  return {
    style,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img"><title>${toXmlText(brandName)}</title>` +
      `${outline.join('')}<circle cx="${CENTRE}" cy="${CENTRE}" r="${Math.max(2, inner - 3)}" fill="${colors.accent}"/></svg>`,
    minimumSizePx: blades > 6 ? 20 : 16,
    description:
      `${blades} ${roundness >= 0.4 ? 'rounded petals' : 'straight-edged blades'} around a dot in the accent colour, ` +
      `${lean === 0 ? 'upright' : 'leaning as if they turned'}: a rosette that only the name ${brandName} gives.`,
  }
}

function pointAt(degrees: number, radius: number): string {
  const radians = (degrees * Math.PI) / 180
  return `${format(CENTRE + radius * Math.cos(radians))},${format(CENTRE + radius * Math.sin(radians))}`
}

function format(value: number): string {
  return String(Math.round(value * 100) / 100)
}
