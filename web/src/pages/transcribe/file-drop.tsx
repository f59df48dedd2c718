import { Box, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { type FileRejection, useDropzone } from 'react-dropzone'
import { bytesWords } from '../parts/words.ts'
import classes from './file-drop.module.css'
import { type Dropped, sortOut } from './folders.ts'
import { LeftOut } from './left-out.tsx'

interface FileDropProps {
  maxBytes: number
  onDrop(files: Dropped[]): void
}

/** Where files and folders are dropped, or chosen with a button. What is no media of single files the server says. */
export function FileDrop({ maxBytes, onDrop }: FileDropProps) {
  const [refused, setRefused] = useState<readonly File[]>([])
  const [leftOut, setLeftOut] = useState<readonly Dropped[]>([])

  const take = async (files: readonly File[]): Promise<void> => {
    const sorted = await sortOut(files)
    const fits = ({ file }: Dropped): boolean => file.size > 0 && file.size <= maxBytes
    setLeftOut(sorted.leftOut)
    setRefused(sorted.taken.filter((each) => !fits(each)).map(({ file }) => file))
    const taken = sorted.taken.filter(fits)
    if (taken.length > 0) onDrop(taken)
  }
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    onDrop: (files, rejections: FileRejection[]) =>
      void take([...files, ...rejections.map(({ file }) => file)]),
    // The buttons in it are what the keyboard reaches.
    noKeyboard: true,
  })
  return (
    <div>
      <Box {...getRootProps()} className={classes.drop} mod={{ over: isDragActive }}>
        <input {...getInputProps({ 'aria-label': 'Files' })} />
        <Stack align="center" gap="xs">
          <Text fw={600}>Drop audio or video files here</Text>
          <Group gap="xs" justify="center">
            <Button variant="default">Choose files</Button>
            <FolderButton onChosen={(files) => void take(files)} />
          </Group>
          <Text size="sm" c="dimmed" ta="center">
            As many as you like, or a whole folder. Each file up to {bytesWords(maxBytes)}.
          </Text>
        </Stack>
      </Box>
      <div role="alert">
        {refused.map((file) => (
          <Text key={file.name} size="sm" c="red" mt="xs">
            {file.size === 0
              ? `“${file.name}” is empty.`
              : `“${file.name}” has ${bytesWords(file.size)}; this server takes up to ${bytesWords(maxBytes)}.`}
          </Text>
        ))}
        {leftOut.length > 0 && <LeftOut files={leftOut} />}
      </div>
    </div>
  )
}

/** Nothing where the browser knows no folders, as on older phones. */
function FolderButton({ onChosen }: { onChosen(files: File[]): void }) {
  if (!('webkitdirectory' in HTMLInputElement.prototype)) return null
  return (
    <Button
      variant="default"
      onClick={(event) => {
        // The surface around it opens the dialog for files.
        event.stopPropagation()
        chooseFolder(onChosen)
      }}
    >
      Choose a folder
    </Button>
  )
}

function chooseFolder(onChosen: (files: File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.webkitdirectory = true
  input.onchange = () => onChosen([...(input.files ?? [])])
  input.click()
}
