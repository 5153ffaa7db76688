import type { Token } from './read-tokens.js'
import { toCssValue, toNarrowCssValue } from './to-css.js'

/** The text of src/tokens.css, as the formatter likes it. */
export function toStylesheet(tokens: readonly Token[]): string {
  const narrow = tokens.filter((token) => toNarrowCssValue(token) !== undefined)
  return `/* Made of tokens/*.json by \`pnpm run tokens\`. Edit those. */
@layer brandkit {
  /*
   * To apply its own design, an app sets any of these names as --brandkit-<name> in a :root block. A value is one
   * colour, or light-dark(light, dark). The defaults stand here and not at :root, because light-dark() needs a
   * color-scheme at the same element: build tools that replace it for older browsers set two variables there.
   */
  .brandkit-dock,
  .brandkit-inline {
${tokens.map(toDeclaration).join('\n')}
  }

  /* The corner has surfaces of its own. Inline parts stand on the app's page, and have its color-scheme. */
  .brandkit-dock {
    color-scheme: light dark;
  }

  @media (max-width: 480px) {
    .brandkit-dock {
${narrow.map(toNarrowDeclaration).join('\n')}
    }
  }

  [data-theme='light'] :is(.brandkit-dock, .brandkit-inline),
  :is(.brandkit-dock, .brandkit-inline)[data-theme='light'] {
    color-scheme: light;
  }

  [data-theme='dark'] :is(.brandkit-dock, .brandkit-inline),
  :is(.brandkit-dock, .brandkit-inline)[data-theme='dark'] {
    color-scheme: dark;
  }
}
`
}

function toDeclaration(token: Token): string {
  const { name, kind } = token
  // The formatter breaks the value of several shadows over lines.
  if (kind !== 'shadow') return `    --_${name}: var(--brandkit-${name}, ${toCssValue(token)});`
  const layers = toCssValue(token).split(/, (?=0 )/)
  return `    --_${name}: var(\n      --brandkit-${name},\n      ${layers.join(',\n      ')}\n    );`
}

function toNarrowDeclaration(token: Token): string {
  return `      --_${token.name}: var(--brandkit-${token.name}, ${toNarrowCssValue(token)});`
}
