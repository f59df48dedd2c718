import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { TRANSCRIPTIONS } from '../data.ts'
import { listen } from './live-events.ts'
import { heard, type Live, nothingYet } from './live-text.ts'

/** A transcription as it happens. @param isOn whether to listen: every listener takes a connection */
export function useLive(id: string, isOn: boolean): Live {
  const queries = useQueryClient()
  const [live, setLive] = useState(nothingYet)
  useEffect(() => {
    if (!isOn) return
    return listen(id, (events) => {
      setLive((before) => heard(before, events))
      if (events.some(({ type }) => type === 'end'))
        void queries.invalidateQueries({ queryKey: TRANSCRIPTIONS })
    })
  }, [id, isOn, queries])
  return live
}
