import { useLayoutEffect, useRef, useState } from 'react'

/**
 * The same functions for as long as the component lives, which do what those of its last drawing do: what shows a button for
 * one of them need not be drawn anew with each key that is typed.
 */
export function useSteady<T extends object>(functions: T): T {
  const latest = useRef(functions)
  useLayoutEffect(() => {
    latest.current = functions
  })
  const [steady] = useState(() => {
    const names = Object.keys(functions) as (keyof T)[]
    const later =
      (name: keyof T) =>
      (...args: unknown[]) =>
        (latest.current[name] as (...args: unknown[]) => unknown)(...args)
    return Object.fromEntries(names.map((name) => [name, later(name)])) as T
  })
  return steady
}
