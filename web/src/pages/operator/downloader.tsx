import { Button, Text } from '@mantine/core'
import type { OperatorDownloader } from '../../../../src/contract/operator.ts'
import { Problem } from '../parts/problem.tsx'
import { Section } from '../parts/section.tsx'
import { useRenewDownloader } from './data.ts'

/** Which yt-dlp is in use stands under “Health”. */
export function Downloader() {
  const renewal = useRenewDownloader()
  return (
    <Section
      title="Links"
      says="Posts are fetched with yt-dlp. Platforms change: when one stops working, a newer release usually helps."
      aside={
        <Button size="xs" variant="default" loading={renewal.isPending} onClick={() => renewal.mutate()}>
          Update yt-dlp
        </Button>
      }
    >
      <Problem error={renewal.error} />
      {/* A live region is there before it says something, else it is not read out. */}
      <Text size="sm" role="status">
        {renewal.data
          ? words(renewal.data)
          : 'It is renewed daily by itself, unless the settings say otherwise.'}
      </Text>
    </Section>
  )
}

const words = ({ version, changed }: OperatorDownloader): string =>
  changed ? `yt-dlp ${version} is installed; the next link takes it.` : `yt-dlp ${version} is the newest.`
