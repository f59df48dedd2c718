import { expect, it } from 'vitest'
import { sortOut } from './folders.ts'

const file = (path: string, { text = 'sound', type = '' } = {}): File =>
  Object.assign(new File([text], path.split('/').at(-1) ?? '', { type }), { path })

const paths = async (...files: File[]) => {
  const { taken, leftOut } = await sortOut(files)
  return { taken: taken.map(({ path }) => path), leftOut: leftOut.map(({ path }) => path) }
}

it('takes the media of a folder and those in it, and says what it left out', async () => {
  const found = await paths(
    file('/talks/one.MP3'),
    file('/talks/day 2/two.m4a'),
    file('/talks/no-ending', { type: 'video/mp4' }),
    file('/talks/notes.txt'),
    file('/talks/mp3'),
    file('/talks/empty.wav', { text: '' }),
    file('/talks/.DS_Store'),
    file('/talks/.trash/old.mp3'),
  )
  expect(found.taken).toEqual(['talks/one.MP3', 'talks/day 2/two.m4a', 'talks/no-ending'])
  expect(found.leftOut).toEqual(['talks/notes.txt', 'talks/mp3', 'talks/empty.wav'])
})

it('tells films of broadcasts from TypeScript', async () => {
  const found = await paths(
    file('/src/index.ts', { text: 'export {}', type: 'video/mp2t' }),
    file('/src/film.ts', { text: 'G0000', type: 'video/mp2t' }),
    file('/src/camera.mts', { text: '0000G' }),
  )
  expect(found).toEqual({ taken: ['src/film.ts', 'src/camera.mts'], leftOut: ['src/index.ts'] })
})

it('tries whatever was chosen itself', async () => {
  const found = await paths(file('./notes.txt'), file('talk'), file('empty.wav', { text: '' }))
  expect(found).toEqual({ taken: ['notes.txt', 'talk', 'empty.wav'], leftOut: [] })
})

it('knows the paths of a folder that was chosen', async () => {
  const chosen = Object.assign(new File(['sound'], 'a.mp3'), { webkitRelativePath: 'talks/a.mp3' })
  expect(await paths(chosen, file('talks/b.pdf'))).toEqual({
    taken: ['talks/a.mp3'],
    leftOut: ['talks/b.pdf'],
  })
})
