import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Item } from './data.ts'
import { Entry } from './entry.tsx'

interface EntriesProps {
  items: readonly Item[]
  /** The words that are looked for. */
  find: string | undefined
  selected: ReadonlySet<string>
  onSelect(id: string, selected: boolean): void
  /** The end comes near. */
  onEnd(): void
}

const ESTIMATE = 72
/** So many before the end the next ones are asked for, so that nobody who scrolls has to wait. */
const NEAR_END = 60

/** However many there are, only those in sight are in the document. */
export function Entries({ items, find, selected, onSelect, onEnd }: EntriesProps) {
  const t = useTranslations('library')
  const list = useRef<HTMLUListElement>(null)
  // The same function while the items are the same: with another one every row is measured anew.
  const keyOf = useCallback((index: number) => items[index]?.id ?? index, [items])
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ESTIMATE,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: keyOf,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= items.length - NEAR_END) onEnd()
  }, [last, items.length, onEnd])
  return (
    <ul
      ref={list}
      aria-label={t('list')}
      style={{
        height: virtual.getTotalSize(),
        position: 'relative',
        margin: 0,
        padding: 0,
        listStyle: 'none',
      }}
    >
      {rows.map(({ index, key, start }) => {
        const item = items[index]
        return (
          item && (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{
                position: 'absolute',
                insetInline: 0,
                top: start - virtual.options.scrollMargin,
                borderTop: '1px solid var(--mantine-color-default-border)',
              }}
            >
              <Entry item={item} find={find} selected={selected.has(item.id)} onSelect={onSelect} />
            </li>
          )
        )
      })}
    </ul>
  )
}
