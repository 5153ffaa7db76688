import type { TaskResult } from '@brandkit/core'
import { expect, it } from 'vitest'
import { toCssTokens } from './to-css-tokens.ts'

it('toCssTokens gives every colour and size as a custom property, and no name ends its comment', () => {
  const kit = {
    brandName: 'Aurora */ body { display: none } /*',
    palette: {
      colors: [{ role: 'primary', name: 'Terracotta', hex: '#8a4b2a', lightness: 0.4811, chroma: 0.0971, hue: 47.12 }],
      pairs: [],
    },
    typography: {
      headingFamily: 'Fraunces',
      bodyFamily: 'Inter',
      ratio: 1.25,
      scale: [{ level: 'body', sizePx: 16, lineHeight: 1.5, weight: 400 }],
    },
  } as unknown as TaskResult<'GENERATE_BRAND_KIT'>
  expect(toCssTokens(kit)).toBe(`/* Aurora * / body { display: none } /* */
:root {
  --color-primary: oklch(0.481 0.097 47.1); /* #8a4b2a, Terracotta */

  --font-heading: Fraunces;
  --font-body: Inter;
  --text-body: 1rem;
  --text-body-line-height: 1.5;
  --text-body-weight: 400;
}
`)
})
