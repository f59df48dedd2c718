import { useEffect, useState } from 'react'
import { fileOf, type Recording } from './store.ts'

/** An address at which a recording can be played, as long as it is wanted. */
export function useSound(recording: Recording): { url?: string; failed: boolean } {
  const [url, setUrl] = useState<string>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let made: string | undefined
    let isWanted = true
    fileOf(recording).then(
      (file) => {
        if (!isWanted) return
        made = URL.createObjectURL(file)
        setUrl(made)
      },
      () => setFailed(true),
    )
    return () => {
      isWanted = false
      if (made) URL.revokeObjectURL(made)
    }
  }, [recording])
  return { ...(url && { url }), failed }
}
