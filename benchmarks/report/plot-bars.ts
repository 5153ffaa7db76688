import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

export interface Bar {
  label: string
  /** Bars of one label lie behind one another, a colour each. */
  part: string
  value: number
}

export interface PlotBarsOptions {
  bars: readonly Bar[]
  title: string
  unit: string
  /** Decimal places of the numbers at the bars. Default 0. */
  digits?: number
}

const SVG = 'http://www.w3.org/2000/svg'
const COLOURS = ['#4269d0', '#efb118', '#ff725c', '#6cc5b0']

/** Horizontal bars as an SVG file that stands alone: text in it is text, and its background is white in a dark page too. */
export function plotBars({ bars, title, unit, digits = 0 }: PlotBarsOptions): string {
  const { document } = parseHTML('<html></html>')
  const labels = [...new Set(bars.map(({ label }) => label))]
  const parts = [...new Set(bars.map(({ part }) => part))]
  const sums = labels.map((label) => ({
    label,
    value: bars.reduce((sum, bar) => (bar.label === label ? sum + bar.value : sum), 0),
  }))
  const svg = Plot.plot({
    document,
    width: 760,
    height: 85 + 30 * labels.length,
    marginBottom: 45,
    marginLeft: 270,
    marginRight: 60,
    marginTop: 40,
    style: { background: 'white', color: '#222', fontSize: '12px', fontFamily: 'system-ui, sans-serif' },
    x: { label: unit, grid: true, nice: true, tickFormat: (value: number) => value.toLocaleString('en') },
    y: { label: null, domain: labels },
    color: { domain: parts, range: COLOURS },
    marks: [
      Plot.barX(bars, Plot.stackX({ x: 'value', y: 'label', fill: 'part' })),
      Plot.text(sums, {
        x: 'value',
        y: 'label',
        text: ({ value }: { value: number }) => value.toLocaleString('en', { maximumFractionDigits: digits }),
        textAnchor: 'start',
        dx: 4,
      }),
      Plot.ruleX([0]),
    ],
  })
  const heading = document.createElementNS(SVG, 'text')
  heading.textContent = title
  setAttributes(heading, { x: '10', y: '16', 'font-weight': 'bold', 'text-anchor': 'start', fill: '#222' })
  // The legend is the names of the parts, each in its colour.
  for (const [at, part] of parts.length > 1 ? parts.entries() : []) {
    const name = document.createElementNS(SVG, 'tspan')
    name.textContent = part
    setAttributes(name, { dx: '12', fill: COLOURS[at] ?? '#222' })
    heading.append(name)
  }
  svg.append(heading)
  svg.setAttribute('xmlns', SVG)
  return `${svg.outerHTML}\n`
}

function setAttributes(
  element: { setAttribute(name: string, value: string): void },
  attributes: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}
