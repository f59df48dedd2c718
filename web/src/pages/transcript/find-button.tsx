import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useTranslations } from 'use-intl'
import type { Find } from './use-find.ts'

export function FindButton({ open, setOpen }: Pick<Find, 'open' | 'setOpen'>) {
  const t = useTranslations('transcript')
  // The browser's own would find only the lines in sight. Asked twice, it comes all the same.
  useHotkeys([['mod+F', () => setOpen(true), { preventDefault: !open }]], [])
  return (
    <Button size="sm" variant="default" onClick={() => setOpen(!open)} aria-expanded={open}>
      {t('toolbar.find')}
    </Button>
  )
}
