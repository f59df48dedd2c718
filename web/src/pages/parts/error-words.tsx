import { useEffect, useState } from 'react'
import { inWords } from '../../api.ts'

interface Stored {
  code: string
  message: string
}

/** An error that the server has stored, in the language of the page; nothing until the words are there. */
export function ErrorWords({ error: { code, message } }: { error: Stored }) {
  const [words, setWords] = useState<string>()
  useEffect(() => {
    let isWanted = true
    void inWords(code, message).then((text) => isWanted && setWords(text))
    return () => {
      isWanted = false
    }
  }, [code, message])
  return words
}
