import { Chips } from '../chips.tsx'
import type { BrandKit } from './brand-kit-view.tsx'

interface BrandHeroProps {
  essence: BrandKit['essence']
  logo: BrandKit['logo'] | undefined
  palette: BrandKit['palette'] | undefined
  family: string | undefined
}

/** The promise, and the mark on its own ground. The drawing is an image, so that nothing in it can touch the page. */
export function BrandHero({ essence: { promise, keywords, positioning }, logo, palette, family }: BrandHeroProps) {
  const hexOf = (role: string) => palette?.colors.find((color) => color.role === role)?.hex
  return (
    <section className="card brand-hero" aria-label="Essence">
      {logo && (
        <figure className="brand-mark-sheet">
          <img
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(logo.svg)}`}
            alt={logo.description}
            style={{ background: hexOf('surface') }}
          />
          <figcaption className="soft">
            {logo.style}, from {logo.minimumSizePx} px
          </figcaption>
        </figure>
      )}
      <div className="brand-words">
        <p className="brand-promise" style={{ fontFamily: family && `${family}, var(--serif)` }}>
          {promise}
        </p>
        <p>{positioning}</p>
        <Chips words={keywords} label="Keywords" />
      </div>
    </section>
  )
}
