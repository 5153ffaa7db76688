import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { svgMark } from './svg-mark.schema.js'
import {
  BRAND_TRAITS,
  COLOR_ROLES,
  CONTRAST_RATIOS,
  LOGO_STYLES,
  type ContrastLevel,
  TYPE_LEVELS,
} from './vocabulary.js'
import { distinctList, fields, requiredText } from './fields.schema.js'

export const brandKit = lazily(() => {
  const { color, hexColor, language, provenance } = fields
  const essence = z.object({ promise: z.string(), keywords: z.array(z.string()), positioning: z.string() })

  const role = z.enum(COLOR_ROLES)
  const palette = z.object({
    colors: z.array(color.extend({ role, name: z.string() })).min(2),
    /** The contrast of text on background by the formula of WCAG 2.2 (relative luminance), 1 to 21. */
    pairs: z.array(
      z.object({
        text: role,
        background: role,
        ratio: z.number().min(1).max(21),
        /** The strictest level that the pair meets; `fail` means that it meets none. */
        level: z.enum([...(Object.keys(CONTRAST_RATIOS) as ContrastLevel[]), 'fail']),
      }),
    ),
  })

  const typography = z.object({
    headingFamily: z.string(),
    bodyFamily: z.string(),
    /** The ratio between the sizes of neighbouring levels. */
    ratio: z.number().min(1).max(2),
    scale: z.array(
      z.object({
        level: z.enum(TYPE_LEVELS),
        sizePx: z.number().min(8).max(200),
        /** A multiple of the size. */
        lineHeight: z.number().min(0.8).max(2.5),
        weight: z.int().min(100).max(900),
      }),
    ),
  })

  const logo = z.object({
    style: z.enum(LOGO_STYLES),
    svg: svgMark,
    minimumSizePx: z.int().min(8),
    /** A description of the mark and its idea, for people who do not see it. */
    description: z.string(),
  })

  const voice = z.object({
    tone: z.array(z.string()).min(1),
    say: z.array(z.string()),
    avoid: z.array(z.string()),
    samples: z.array(z.object({ situation: z.string(), text: z.string() })),
  })

  return defineTask({
    title: ({ payload }) => `Brand kit: ${payload.brandName}`,
    payload: z.strictObject({
      brandName: requiredText(60),
      industry: requiredText(80),
      /** A description of the brand's work and its customers. */
      description: requiredText(2_000),
      values: distinctList(requiredText(60), { max: 6 }),
      traits: distinctList(z.enum(BRAND_TRAITS), { max: 3 }),
      /** A primary colour that is already fixed. Default: chosen from the traits. */
      primaryColor: hexColor.exactOptional(),
      logoStyle: z.enum(LOGO_STYLES).default('monogram'),
      language: language.default('en'),
    }),
    steps: {
      essence: { title: 'Finding the essence', output: essence },
      palette: { title: 'Mixing the palette', weight: 2, output: palette },
      typography: { title: 'Setting the type scale', output: typography },
      logo: { title: 'Drawing the logo mark', weight: 2, output: logo },
      voice: { title: 'Tuning the voice', output: voice },
    },
    result: z.object({
      brandKitId: z.string(),
      brandName: z.string(),
      essence,
      palette,
      typography,
      logo,
      voice,
      ...provenance,
    }),
  })
})
