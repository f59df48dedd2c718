import { Title } from '@mantine/core'

export function TranscribePage() {
  return (
    <Title order={1} size="h2">
      Transcribe
    </Title>
  )
}
