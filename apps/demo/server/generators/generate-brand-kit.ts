import type { BrandTrait, ColorRole } from '@brandkit/core/brand-tasks'
import { chooseSeed } from '../brand-kit/choose-seed.ts'
import { drawLogo } from '../brand-kit/draw-logo.ts'
import { mixPalette, pairColors } from '../brand-kit/mix-palette.ts'
import { setTypeScale } from '../brand-kit/set-type-scale.ts'
import { fromHex } from '../brand-kit/to-color.ts'
import { draftEssence, draftVoice } from '../drafter/draft-brand-voice.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * A brand kit in steps: the essence as a list of the brief's phrases; a palette in OKLCH from the fixed colour or one
 * chosen by traits and industry, with every pair checked by WCAG 2.2; a modular type scale; a mark drawn from the name; a
 * voice from the traits. A model writes essence and voice; colours, contrasts, sizes and the mark stay computed.
 */
export function createBrandKitGenerator(options: GeneratorOptions = {}): BrandGenerator<'GENERATE_BRAND_KIT'> {
  return async (context) => {
    const { taskId, payload } = context
    const { brandName, description, industry, primaryColor, logoStyle } = payload
    const [first = 'friendly', ...others] = payload.traits
    const traits: [BrandTrait, ...BrandTrait[]] = [first, ...others]
    const { run, provenance } = createStepRunner('GENERATE_BRAND_KIT', context, options)

    const essence = await run('essence', {
      compute: () => draftEssence(payload),
      write: {
        task: 'Sharpen promise (one line), keywords and positioning statement of the brand.',
        keep: (_draft, written) => written,
      },
      show: (soFar) => ({ essence: soFar }),
    })

    const palette = await run('palette', {
      compute() {
        const settled = primaryColor === undefined ? undefined : fromHex(primaryColor)
        const seed = settled ?? chooseSeed({ brandName, traits, about: `${industry} ${description}` })
        const colors = mixPalette({ seed, settled, traits })
        return { colors, pairs: pairColors(colors) }
      },
      show: (soFar) => ({ palette: soFar }),
    })
    const hexOf = (role: ColorRole) => palette.colors.find((color) => color.role === role)?.hex ?? '#000000'
    const onPrimary = palette.pairs.find(({ background }) => background === 'primary')?.text ?? 'surface'

    const typography = await run('typography', {
      compute: () => setTypeScale(traits),
      show: (soFar) => ({ typography: soFar }),
    })

    const logo = await run('logo', {
      compute: () =>
        drawLogo({
          brandName,
          style: logoStyle,
          traits,
          headingFamily: typography.headingFamily,
          colors: {
            primary: hexOf('primary'),
            secondary: hexOf('secondary'),
            accent: hexOf('accent'),
            text: hexOf('text'),
            onPrimary: hexOf(onPrimary),
          },
        }),
      show: (soFar) => ({ logo: soFar }),
    })

    const voice = await run('voice', {
      compute: () => draftVoice(payload, essence),
      write: {
        task: 'Rewrite the voice guide: tone in adjectives, what to say, what to avoid, and one sample text for each of the situations of the draft.',
        keep: (draft, written) => ({
          ...written,
          samples: draft.samples.map(
            (sample) => written.samples.find(({ situation }) => situation === sample.situation) ?? sample,
          ),
        }),
      },
    })

    return {
      brandKitId: `brand-kit-${taskId}`,
      brandName,
      essence,
      palette,
      typography,
      logo,
      voice,
      ...provenance(),
    }
  }
}
