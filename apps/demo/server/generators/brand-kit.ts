import type { TaskPayload, TaskResult } from '@brandkit/core'
import { BRAND_TRAITS, type BrandTrait, type ColorRole } from '@brandkit/core/brand-tasks'
import * as z from 'zod'
import { drawLogo, setTypeScale } from '../numbers/logo.ts'
import { chooseSeed, fromHex, mixPalette, pairColors } from '../numbers/palette.ts'
import { capitalise, readKeywords, readWords, readTable } from '../words.ts'
import type { BrandGenerator, GeneratorOptions } from './generator.ts'
import { createStepRunner } from './step-runner.ts'

type Payload = TaskPayload<'GENERATE_BRAND_KIT'>
type Kit = TaskResult<'GENERATE_BRAND_KIT'>

/**
 * A brand kit in steps: the essence in the brief's own words; a palette in OKLCH from the fixed colour or one chosen by
 * traits and industry, with every pair checked by WCAG 2.2; a modular type scale; a mark drawn from the name; a voice from
 * the traits. A model writes essence and voice; colours, contrasts, sizes and the mark stay computed.
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
      compute: () => draftVoice(traits, essence),
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

const MOST_KEYWORDS = 10

/**
 * The essence of the brand in its own words: the promise is its values, the positioning the first sentence of its
 * description, and the keywords are the meaningful words of both.
 */
function draftEssence({ brandName, industry, description, values: written }: Payload): Kit['essence'] {
  const values = uniqueValues(written)
  const nameWords = new Set(readKeywords(brandName))
  const [said = description] = description.split(/(?<=[.!?؟。])\s/)
  return {
    promise: values.map((value) => `${capitalise(value)}.`).join(' '),
    keywords: readWords(`${description} ${values.join(' ')} ${industry}`)
      .filter((word) => !nameWords.has(word.toLowerCase()))
      .slice(0, MOST_KEYWORDS),
    positioning: said.trim(),
  }
}

/** Each value once, whatever its case and its full stop. */
function uniqueValues(values: readonly string[]): string[] {
  const bare = values.map((value) => value.replace(/[.!?\s]+$/, '')).filter(Boolean)
  const small = bare.map((value) => value.toLowerCase())
  return bare.filter((_value, index) => small.indexOf(small[index] ?? '') === index)
}

const SITUATIONS = {
  welcome: 'Somebody signs up',
  news: 'Something new is announced',
  mistake: 'Something goes wrong',
  thanks: 'Somebody has bought',
} as const
type Situation = keyof typeof SITUATIONS

/** All traits set the tone, and each situation uses the next trait in turn: a "calm and playful" brand gets calm and playful samples. */
function draftVoice(traits: readonly BrandTrait[], { keywords }: Kit['essence']): Kit['voice'] {
  const voices = traits.flatMap((trait) => VOICES.find((voice) => voice.trait === trait) ?? [])
  const words = keywords.slice(0, 4)
  return {
    tone: voices.flatMap(({ tone1, tone2 }) => [tone1, tone2]),
    say: [
      ...voices.flatMap(({ say1, say2 }) => [say1, say2]),
      ...(words.length > 0 ? [`Words of your own: ${words.join(', ')}`] : []),
    ],
    avoid: voices.flatMap(({ avoid1, avoid2 }) => [avoid1, avoid2]),
    samples: (Object.keys(SITUATIONS) as Situation[]).map((situation, index) => ({
      situation: SITUATIONS[situation],
      text: voices[index % voices.length]?.[situation] ?? '',
    })),
  }
}

const text = z.string()

/** The sound of each trait. The samples name no brand and promise nothing. */
const VOICES = readTable(
  `
trait | tone1 | tone2 | say1 | say2 | avoid1 | avoid2 | welcome | news | mistake | thanks
bold | direct | confident | Short sentences, verbs first. | One claim at a time, with a number behind it. | “Maybe”, “we think”, “one of the leading” | Apologies before anything has gone wrong | You are in. Let us begin. | Something new. See for yourself. | That did not work. It is our fault. Please try again. | You chose. Thank you.
calm | quiet | unhurried | One thought in each sentence. | What happens next, before anybody has to ask. | Exclamation marks and countdowns | “Hurry”, “last chance”, “don’t miss” | Good to have you here. Take your time. | There is something new. Look at it whenever you like. | Something went wrong. Please try again in a moment. | Thank you. Enjoy it in your own time.
elegant | refined | understated | Exact nouns instead of adjectives. | The material, the maker, the place. | Superlatives and slang | “Luxury”, “exclusive”, “premium”: show it instead | Welcome. We are pleased to have you here. | May we introduce something new? | We could not complete this for you. Kindly try once more. | Thank you for your trust.
friendly | open | helpful | “You” more often than “we”. | Everyday words, as you would tell a neighbour. | Jargon and abbreviations | Blame: “you entered an invalid …” | Hello and welcome! If anything is unclear, just ask. | Good news: there is something new. Want to have a look? | Sorry, that did not work. Could you try once more? | Thanks so much! We are glad you are here.
playful | lively | witty | A surprise at the end of the sentence. | Things that people can picture, not concepts. | Jokes about money, health or mistakes that hurt | Puns that need explaining | There you are! We almost started without you. | Psst: there is something new. You saw it here first. | Well, that went sideways. One more try? | What a team we are. Thanks!
precise | clear | factual | Numbers with their units and their sources. | The condition first, then the consequence. | “Very”, “really”, “almost” | Metaphors where a measurement exists | Your account is ready. | Now available. All details are on one page. | The request was not completed. Please try again. | Thank you. We have received your order.
rugged | down-to-earth | hands-on | What it withstands, and who has tried. | Plain words from workshop and trail. | Polished phrases: “solutions”, “experience”, “journey” | Promises that nobody has tested outdoors | Boots on or off, come in. | Something new. Made to be used. | That broke, and it is on us. Please try again. | Thanks. Now put it to use.
warm | personal | caring | People by their names, also those who make things. | What it feels like, then how it works. | Passive sentences: say who did it | “Users”, “customers”, “units” | How lovely that you found us. Make yourself at home. | We have made something new, and we hope you like it. | We are sorry, this did not work. Please try again. | Thank you, from all of us.
`,
  z.strictObject({
    trait: z.enum(BRAND_TRAITS),
    tone1: text,
    tone2: text,
    say1: text,
    say2: text,
    avoid1: text,
    avoid2: text,
    welcome: text,
    news: text,
    mistake: text,
    thanks: text,
  }),
)
