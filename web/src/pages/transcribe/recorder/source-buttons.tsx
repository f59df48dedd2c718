import { Button, NativeSelect } from '@mantine/core'
import { type Ref, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Source } from './problem.ts'

interface SourceButtonsProps {
  firstRef: Ref<HTMLButtonElement>
  /** The browser is asking for it. */
  asking: Source | undefined
  isBusy: boolean
  microphoneId: string | undefined
  onMicrophone(id: string): void
  onStart(source: Source): void
}

/** Phones share no tabs. Where the page may not record at all, the buttons say why. */
const sources = (): Source[] =>
  navigator.mediaDevices && !('getDisplayMedia' in navigator.mediaDevices)
    ? ['microphone']
    : ['microphone', 'tab', 'both']

export function SourceButtons(props: SourceButtonsProps) {
  const { firstRef, asking, isBusy, microphoneId, onMicrophone, onStart } = props
  const t = useTranslations('record')
  const microphones = useMicrophones(isBusy)
  return (
    <>
      {sources().map((source, k) => (
        <Button
          key={source}
          ref={k === 0 ? firstRef : undefined}
          variant="default"
          loading={asking === source}
          disabled={isBusy && asking !== source}
          onClick={() => onStart(source)}
        >
          {t(`source.${source}`)}
        </Button>
      ))}
      {microphones.length > 1 && (
        <NativeSelect
          aria-label={t('which')}
          data={microphones}
          value={microphoneId ?? microphones[0]?.value}
          onChange={({ currentTarget }) => onMicrophone(currentTarget.value)}
          maw="100%"
        />
      )}
    </>
  )
}

/** Browsers name them once the page was allowed to use one. @param isBusy asked anew when this changes */
function useMicrophones(isBusy: boolean): { value: string; label: string }[] {
  const [found, setFound] = useState<MediaDeviceInfo[]>([])
  useEffect(() => {
    const { mediaDevices } = navigator
    if (!mediaDevices || isBusy) return
    const look = () => void mediaDevices.enumerateDevices().then(setFound, () => {})
    look()
    mediaDevices.addEventListener('devicechange', look)
    return () => mediaDevices.removeEventListener('devicechange', look)
  }, [isBusy])
  return found
    .filter(({ kind, label }) => kind === 'audioinput' && label !== '')
    .map(({ deviceId, label }) => ({ value: deviceId, label }))
}
