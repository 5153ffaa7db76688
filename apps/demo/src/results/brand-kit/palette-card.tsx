import { CopyButton } from '../copy-button.tsx'
import { ResultCard } from '../result-card.tsx'
import type { BrandKit } from './brand-kit-view.tsx'

/** Each colour as large as it is important, with the digits to take along. */
export function PaletteCard({ colors }: { colors: BrandKit['palette']['colors'] }) {
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
