import { describe, expect, it } from 'vitest'
import { svgMark } from './svg-mark.schema.js'

const svg = (inside: string, attributes = '') => `<svg viewBox="0 0 8 8"${attributes}>${inside}</svg>`

describe('svgMark', () => {
  it.each([
    svg('<path d="M0 0h8v8z" fill="oklch(0.6 0.2 260)" transform="rotate(45 4 4)"/>'),
    svg('<title>Caf\u00e9 &amp; bar</title><text x="1" y="2" font-family="Inter">A</text>'),
    svg('<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><rect fill="url(#a)"/>'),
    svg('\n  <g>\n    <circle r="1" />\n  </g>\n'),
  ])('accepts %s', (drawing) => {
    expect(svgMark.parse(drawing)).toBe(drawing)
  })

  it.each([
    '',
    'a circle',
    '<img src="x">',
    '<svg viewBox="0 0 8 8">',
    svg('<script>alert(1)</script>'),
    svg('<SCRIPT>alert(1)</SCRIPT>'),
    svg('<style>*{}</style>'),
    svg('<foreignObject><body/></foreignObject>'),
    svg('<image href="https://example.com/a.png"/>'),
    svg('<use xlink:href="#a"/>'),
    svg('<animate attributeName="href"/>'),
    svg('<a href="javascript:alert(1)"></a>'),
    svg('<!-- --><circle/>'),
    svg('<![CDATA[x]]>'),
    svg('<circle onclick="alert(1)"/>'),
    svg('<circle OnClick="alert(1)"/>'),
    svg('<circle style="fill:red"/>'),
    svg('<circle fill="url(https://example.com/a)"/>'),
    svg('<circle fill="URL(//example.com)"/>'),
    svg('<circle fill="u&#114;l(//example.com)"/>'),
    svg(String.raw`<circle fill="u\72l(//example.com)"/>`),
    svg(`<circle mask="image-set('//example.com/a' 1x)"/>`),
    svg(`<circle r='1'/>`),
    svg('<circle r=1 />'),
    svg('', ' onload="alert(1)"'),
    `${svg('')}<script>alert(1)</script>`,
    `x${svg('')}`,
    svg('x'.repeat(20_000)),
  ])('refuses %s', (drawing) => {
    expect(svgMark.safeParse(drawing).success).toBe(false)
  })

  it('decides a hostile drawing at once', () => {
    const started = performance.now()
    svgMark.safeParse(`<svg ${' a="'.repeat(4_000)}`)
    svgMark.safeParse(`<svg${' '.repeat(19_000)}`)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
