import type { TaskResult } from '@brandkit/core'
import {
  Chips,
  CopyButton,
  CopyText,
  Definitions,
  type PartialResult,
  ResultCard,
  Ticks,
} from '../parts/result-parts.tsx'
import { isHeading } from './exports.ts'
import { useEmbeddedFont, useFonts } from './fonts.ts'

type BrandKit = TaskResult<'GENERATE_BRAND_KIT'>

/** A brand kit; its parts appear as they are finished. */
export function BrandKitView({ result }: { result: PartialResult<'GENERATE_BRAND_KIT'> }) {
  const { essence, palette, typography, logo, voice } = result
  useFonts([typography?.headingFamily, typography?.bodyFamily])
  return (
    <>
      {essence && <BrandHero essence={essence} logo={logo} palette={palette} family={typography?.headingFamily} />}
      {palette && <PaletteCard colors={palette.colors} />}
      {palette && <ContrastPairs palette={palette} />}
      {typography && <TypeSpecimen typography={typography} sample={essence?.promise} />}
      {voice && <BrandVoice voice={voice} />}
    </>
  )
}

interface BrandHeroProps {
  essence: BrandKit['essence']
  logo: BrandKit['logo'] | undefined
  palette: BrandKit['palette'] | undefined
  family: string | undefined
}

/** The promise, and the mark on its own ground. The mark is an image, so that its markup cannot affect the page. */
function BrandHero({ essence: { promise, keywords, positioning }, logo, palette, family }: BrandHeroProps) {
  const hexOf = (role: string) => palette?.colors.find((color) => color.role === role)?.hex
  const mark = useEmbeddedFont(logo?.svg, family)
  return (
    <section className="card brand-hero" aria-label="Essence">
      {logo && mark && (
        <figure className="brand-mark-sheet">
          <img
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(mark)}`}
            alt={logo.description}
            style={{ background: hexOf('surface') }}
          />
          <figcaption className="soft">
            {logo.style}, from {logo.minimumSizePx} px
          </figcaption>
        </figure>
      )}
      <div className="brand-words">
        <p className="brand-promise" style={{ fontFamily: family && toStack(family) }}>
          {promise}
        </p>
        <p>{positioning}</p>
        <Chips words={keywords} label="Keywords" />
        <p>
          <CopyText text={`${promise}\n\n${positioning}`} what="the promise" />
        </p>
      </div>
    </section>
  )
}

/** Each colour, sized by importance, with hex digits to copy. */
function PaletteCard({ colors }: { colors: BrandKit['palette']['colors'] }) {
  return (
    <ResultCard title="Palette" hint="Mixed in OKLCH. Click the digits to copy them.">
      <ul className="palette">
        {colors.map(({ role, name, hex, lightness, chroma, hue }) => (
          <li key={role} data-role={role}>
            <span className="palette-ground" style={{ background: hex }} />
            <span className="palette-name">{name}</span>
            <span className="soft">{role}</span>
            <CopyButton text={hex} what={name} />
            <span className="soft palette-oklch">
              {(lightness * 100).toFixed(0)} % · {chroma.toFixed(3)} · {hue.toFixed(0)}°
            </span>
          </li>
        ))}
      </ul>
    </ResultCard>
  )
}

const LEVEL_NAMES = { AAA: 'AAA', AA: 'AA', 'AA-large': 'AA, large text', fail: 'Not for text' } as const

/** Pairs of text and ground with their contrast. The letters are drawn, because failing pairs are shown too. */
function ContrastPairs({ palette: { colors, pairs } }: { palette: BrandKit['palette'] }) {
  const hexOf = (role: string) => colors.find((color) => color.role === role)?.hex
  return (
    <ResultCard title="Contrast" hint="Every pair is checked by the formula of WCAG 2.2.">
      <ul className="pairs">
        {pairs.map(({ text, background, ratio, level }) => (
          <li key={`${text} ${background}`} data-level={level}>
            <svg viewBox="0 0 96 56" aria-hidden="true">
              <rect width="96" height="56" rx="8" fill={hexOf(background)} />
              <text x="48" y="37" textAnchor="middle" fontSize="26" fontWeight="600" fill={hexOf(text)}>
                Aa
              </text>
            </svg>
            <span>
              {text} on {background}
            </span>
            <span className="soft">
              {ratio.toFixed(1)} : 1 <strong>{LEVEL_NAMES[level]}</strong>
            </span>
          </li>
        ))}
      </ul>
    </ResultCard>
  )
}

interface TypeSpecimenProps {
  typography: BrandKit['typography']
  /** The sample text. */
  sample: string | undefined
}

/** Every size of the scale, largest first. */
function TypeSpecimen({ typography, sample = 'The quick brown fox' }: TypeSpecimenProps) {
  const { headingFamily, bodyFamily, ratio, scale } = typography
  return (
    <ResultCard title="Type scale" hint={`Each size is ${ratio} times the one below.`}>
      <ol className="specimen">
        {scale.toReversed().map(({ level, sizePx, lineHeight, weight }) => (
          <li key={level}>
            <span className="soft">
              {level} · {Math.round(sizePx)} px · {weight}
            </span>
            <span
              className="specimen-line"
              style={{
                fontFamily: isHeading(level) ? toStack(headingFamily) : toStack(bodyFamily),
                fontSize: `min(${sizePx}px, 13vw)`,
                lineHeight,
                fontWeight: weight,
              }}
            >
              {sample}
            </span>
          </li>
        ))}
      </ol>
      <p className="soft">
        Headings: {headingFamily}. Text: {bodyFamily}.
      </p>
    </ResultCard>
  )
}

/** A family of a kit; its name may hold digits, which CSS takes in quotation marks only. */
function toStack(family: string): string {
  return `${JSON.stringify(family)}, var(--sans)`
}

/** Examples of the brand's voice, and of what it avoids. */
function BrandVoice({ voice: { tone, say, avoid, samples } }: { voice: BrandKit['voice'] }) {
  return (
    <ResultCard title="Voice">
      <Chips words={tone} label="Tone" />
      <div className="two-columns">
        <div>
          <h3>Say</h3>
          <Ticks sign="yes" lines={say} />
        </div>
        <div>
          <h3>Avoid</h3>
          <Ticks sign="no" lines={avoid} />
        </div>
      </div>
      <Definitions look="bubbles" entries={samples.map(({ situation, text }) => ({ name: situation, text }))} />
    </ResultCard>
  )
}
