import { EmptyState, Stack, Title } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { PostReply } from '../../../../src/contract/posts.ts'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { byDay, monthOf, spanOf } from './calendar.ts'
import { usePosts } from './data.ts'
import { dayName } from './day-names.ts'
import { Month } from './month.tsx'
import { OnePost } from './one-post.tsx'

/** What is scheduled, published and failed, as a month and as a list by day. */
export function Schedule() {
  const t = useTranslations('posts')
  const [month, setMonth] = useState(() => monthOf(new Date()))
  const posts = usePosts(spanOf(month))
  const days = useRef(new Map<string, HTMLElement>())
  const items = posts.data?.pages.flatMap((page) => page.items) ?? []
  const goTo = (day: string): void => {
    const heading = days.current.get(day)
    heading?.scrollIntoView({ block: 'start' })
    heading?.focus({ preventScroll: true })
  }
  return (
    <Stack gap="lg">
      <Month month={month} posts={items} onMonth={setMonth} onDay={goTo} />
      <Loaded query={posts} failed={t('schedule.failed')}>
        {() =>
          items.length === 0 ? (
            <EmptyState title={t('schedule.none')} description={t('schedule.noneSays')} />
          ) : (
            byDay(items, atOf).map(([day, ofDay]) => (
              <Stack key={day} gap="xs" component="section" aria-label={day}>
                <Title
                  order={3}
                  size="h5"
                  tabIndex={-1}
                  style={{ scrollMarginTop: 72 }}
                  ref={(heading: HTMLHeadingElement | null) => {
                    if (heading) days.current.set(day, heading)
                    else days.current.delete(day)
                  }}
                >
                  {dayName(atOf(ofDay[0] as PostReply))}
                </Title>
                <Stack
                  component="ul"
                  gap="xs"
                  p={0}
                  m={0}
                  style={{ listStyle: 'none' }}
                  aria-label={t('schedule.list')}
                >
                  {ofDay.toReversed().map((post) => (
                    <OnePost key={post.id} post={post} />
                  ))}
                </Stack>
              </Stack>
            ))
          )
        }
      </Loaded>
      <More query={posts} label={t('schedule.earlier')} />
    </Stack>
  )
}

const atOf = ({ scheduledTime }: PostReply): Date => new Date(scheduledTime)
