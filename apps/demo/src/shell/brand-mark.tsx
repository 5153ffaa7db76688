/** The studio's sign: three rising bars. */
export function BrandMark() {
  return (
    <span className="brand-mark">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="9" className="brand-mark-ground" />
        <rect x="8" y="17" width="4" height="8" rx="2" className="brand-mark-bar" />
        <rect x="14" y="12" width="4" height="13" rx="2" className="brand-mark-bar" />
        <rect x="20" y="7" width="4" height="18" rx="2" className="brand-mark-highlight" />
      </svg>
      Brand studio
    </span>
  )
}
