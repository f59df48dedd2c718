import { Button, Stack, Text } from '@mantine/core'
import { Dropzone, type FileRejection } from '@mantine/dropzone'
import '@mantine/dropzone/styles.css'
import { useState } from 'react'
import { bytesWords } from '../parts/words.ts'

interface FileDropProps {
  maxBytes: number
  onDrop(files: File[]): void
}

/** Where files are dropped, or chosen with a button. What is no media the server says. */
export function FileDrop({ maxBytes, onDrop }: FileDropProps) {
  const [refused, setRefused] = useState<readonly FileRejection[]>([])
  return (
    <div>
      <Dropzone
        onDrop={(files) => {
          setRefused([])
          onDrop(files)
        }}
        onReject={setRefused}
        validator={(file) => (file.size === 0 ? { code: 'empty', message: 'is empty' } : null)}
        maxSize={maxBytes}
        activateOnKeyboard={false}
        enablePointerEvents
        inputProps={{ 'aria-label': 'Files' }}
        p="lg"
      >
        <Stack align="center" gap="xs">
          <Text fw={600}>Drop audio or video files here</Text>
          <Button variant="default">Choose files</Button>
          <Text size="sm" c="dimmed" ta="center">
            As many as you like, each up to {bytesWords(maxBytes)}.
          </Text>
        </Stack>
      </Dropzone>
      <div role="alert">
        {refused.map(({ file }) => (
          <Text key={file.name} size="sm" c="red" mt="xs">
            {file.size === 0
              ? `“${file.name}” is empty.`
              : `“${file.name}” has ${bytesWords(file.size)}; this server takes up to ${bytesWords(maxBytes)}.`}
          </Text>
        ))}
      </div>
    </div>
  )
}
