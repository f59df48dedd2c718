import { ActionIcon, Button, Group, Text, Title, VisuallyHidden } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { PostReply } from '../../../../src/contract/posts.ts'
import { commaWords } from '../parts/words.ts'
import { dayOf, type Month as MonthOf, monthOf, movedBy, spanOf, weeksOf } from './calendar.ts'
import { dayName, monthName, weekdayName } from './day-names.ts'
import classes from './month.module.css'
import { POST_COLORS } from './states.ts'

const MONDAY = 1

interface MonthProps {
  month: MonthOf
  posts: readonly PostReply[]
  onMonth(month: MonthOf): void
  /** A day that has posts was chosen. */
  onDay(day: string): void
}

/** A month with what is posted on each day. */
export function Month({ month, posts, onMonth, onDay }: MonthProps) {
  const t = useTranslations('posts')
  const weeks = weeksOf(month, MONDAY)
  const today = dayOf(new Date())
  const step = (months: number) => () => onMonth(movedBy(month, months))
  return (
    <div>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" aria-live="polite">
          {monthName(spanOf(month).from)}
        </Title>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => onMonth(monthOf(new Date()))}>
            {t('month.today')}
          </Button>
          <ActionIcon variant="default" aria-label={t('month.previous')} onClick={step(-1)}>
            ‹
          </ActionIcon>
          <ActionIcon variant="default" aria-label={t('month.next')} onClick={step(1)}>
            ›
          </ActionIcon>
        </Group>
      </Group>
      <table className={classes.month}>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, k) => new Date(2024, 0, 1 + k)).map((day) => (
              <th key={day.getDay()} scope="col">
                {weekdayName(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: weeks and days have no name but their place
            <tr key={row}>
              {week.map((day, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={column} data-today={(day && dayOf(day) === today) || undefined}>
                  {day && <Day day={day} posts={postsOf(posts, day)} onDay={onDay} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const postsOf = (posts: readonly PostReply[], day: Date): PostReply[] =>
  posts.filter(({ scheduledTime }) => dayOf(new Date(scheduledTime)) === dayOf(day))

const ORDER = ['failed', 'pending', 'published', 'cancelled'] as const

function Day({ day, posts, onDay }: { day: Date; posts: PostReply[]; onDay(day: string): void }) {
  const t = useTranslations('posts')
  if (posts.length === 0) return <Text size="sm">{day.getDate()}</Text>
  const states = ORDER.map((state) => ({ state, count: posts.filter((each) => each.state === state).length }))
  const there = states.filter(({ count }) => count > 0)
  const says = commaWords(
    there.map(({ state, count }) => t('month.count', { count, state: t(`state.${state}`) })),
  )
  return (
    <button type="button" className={classes.day} onClick={() => onDay(dayOf(day))}>
      <Text size="sm" component="span">
        {day.getDate()}
      </Text>
      <span className={classes.marks}>
        {there.map(({ state, count }) => (
          <span
            key={state}
            className={classes.mark}
            style={{
              background: `var(--mantine-color-${POST_COLORS[state]}-light)`,
              color: `var(--mantine-color-${POST_COLORS[state]}-light-color)`,
            }}
          >
            {count}
          </span>
        ))}
      </span>
      <VisuallyHidden>{t('month.day', { day: dayName(day), says })}</VisuallyHidden>
    </button>
  )
}
