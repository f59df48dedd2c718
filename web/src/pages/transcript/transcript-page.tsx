import { Title } from '@mantine/core'

export function TranscriptPage() {
  return (
    <Title order={1} size="h2">
      Transcript
    </Title>
  )
}
