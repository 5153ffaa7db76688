import { Command } from 'cmdk'
import { useEffect, useRef } from 'react'
import { t } from '../language/language.ts'
import { Icon, type IconName } from '../parts/page-parts.tsx'
import { navigate } from '../navigation/addresses.tsx'
import { SECTIONS } from '../sections/sections.ts'
import type { Person } from '../session/use-session.ts'

interface CommandPaletteProps {
  user: Person
  onClose: () => void
}

/** Starts any of the ten tasks, or goes to any page, by a few letters. A native dialog around the list of cmdk. */
export function CommandPalette({ user, onClose }: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    input.current?.focus()
  }, [])
  // Closing first gives the focus back to where it was; the page that opens then takes it.
  const goTo = (path: string) => {
    dialog.current?.close()
    navigate(path)
  }
  return (
    <dialog ref={dialog} className="dialog commands" aria-label={t('Go to or start…')} closedby="any" onClose={onClose}>
      <Command label={t('Go to or start…')} loop>
        <div className="commands-field">
          <Icon name="search" />
          <Command.Input ref={input} placeholder={t('Go to or start…')} />
          <button
            type="button"
            className="quiet commands-close"
            aria-label={t('Close')}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </div>
        <Command.List label={t('Commands')}>
          <Command.Empty>{t('Nothing has this name.')}</Command.Empty>
          <Command.Group heading={t('Start')}>
            {SECTIONS.map(({ path, icon, action, invitation }) => (
              <PaletteItem
                key={path}
                icon={icon}
                name={t(action)}
                keywords={[action, invitation, t(invitation)]}
                onSelect={() => goTo(`/${path}/new`)}
              />
            ))}
          </Command.Group>
          <Command.Group heading={t('Go to')}>
            <PaletteItem icon="home" name={t('Overview')} keywords={['Overview']} onSelect={() => goTo('/')} />
            {SECTIONS.map(({ path, icon, plural }) => (
              <PaletteItem
                key={path}
                icon={icon}
                name={t(plural)}
                keywords={[plural]}
                onSelect={() => goTo(`/${path}`)}
              />
            ))}
            <PaletteItem icon="history" name={t('History')} keywords={['History']} onSelect={() => goTo('/history')} />
            {user.role === 'operator' && (
              <PaletteItem
                icon="gauge"
                name={t('Operations')}
                keywords={['Operations']}
                onSelect={() => goTo('/ops')}
              />
            )}
          </Command.Group>
        </Command.List>
      </Command>
    </dialog>
  )
}

interface PaletteItemProps {
  icon: IconName
  name: string
  /** English names are found in every language. */
  keywords: string[]
  onSelect: () => void
}

function PaletteItem({ icon, name, keywords, onSelect }: PaletteItemProps) {
  return (
    <Command.Item value={name} keywords={keywords} onSelect={onSelect}>
      <Icon name={icon} />
      {name}
    </Command.Item>
  )
}
