import { ActionIcon, Text } from '@mantine/core'
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useTranslations } from 'use-intl'
import { clock } from '../clock.ts'
import { type Playhead, usePlayhead } from '../playhead.ts'
import { paint } from './paint.ts'
import type { Peaks } from './peaks.ts'
import { type Scene, voiceAt } from './scene.ts'
import { useColours } from './use-colours.ts'
import classes from './waveform.module.css'
import { following, STEP, scrollFor, zoomed } from './zoom.ts'

interface WaveformProps {
  /** Undefined: the sound was not kept, or is still to come. */
  peaks: Peaks | undefined
  scene: Scene
  /** Seconds. */
  duration: number
  playhead: Playhead
  /** Somebody has gone somewhere, and stays there. */
  onArrive(seconds: number): void
}

/** The whole recording at a glance, and a slider to any place of it. It scrolls where it is enlarged. */
export const Waveform = memo(function Waveform(props: WaveformProps) {
  const { peaks, scene, duration, playhead, onArrive } = props
  const t = useTranslations('transcript')
  const strip = useRef<HTMLDivElement>(null)
  const { zoom, by, frame } = useZoom(strip, duration, playhead)
  const canvas = usePicture(frame, { peaks, scene, duration, zoom })
  const head = useHead(frame, duration, playhead)
  const { hover, ...pointer } = usePointer(strip, { duration, playhead, onArrive })
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey } = event
    const [goes, factor] = [GOES[key], ENLARGES[key]]
    if (ctrlKey || metaKey || altKey || !(goes || factor)) return
    event.preventDefault()
    if (factor) by(factor)
    if (!goes) return
    playhead.seek(Math.min(duration, Math.max(0, goes(playhead.now(), duration))))
    onArrive(playhead.now())
  }
  return (
    <section className={classes.waveform} aria-label={t('waveform.label')}>
      <div ref={frame} className={classes.frame}>
        <Slider {...{ strip, scene, duration, playhead }} {...pointer} onKeyDown={onKeyDown}>
          <canvas ref={canvas} className={classes.canvas} />
          <div ref={head} className={classes.head} />
          <div ref={hover} className={classes.hover} hidden />
        </Slider>
      </div>
      <div className={classes.zoom}>
        <Zoom label={t('waveform.more')} sign="−" disabled={zoom <= 1} onClick={() => by(1 / STEP)} />
        <Text size="xs" c="dimmed" className={classes.shown}>
          {zoom > 1 ? t('waveform.inSight', { time: clock(duration / zoom) }) : clock(duration)}
        </Text>
        <Zoom
          label={t('waveform.enlarge')}
          sign="+"
          disabled={zoomed(zoom, STEP, duration) === zoom}
          onClick={() => by(STEP)}
        />
      </div>
    </section>
  )
})

const Zoom = ({
  label,
  sign,
  ...rest
}: {
  label: string
  sign: string
  disabled: boolean
  onClick(): void
}) => (
  <ActionIcon variant="default" size="md" aria-label={label} {...rest}>
    {sign}
  </ActionIcon>
)

interface SliderProps extends Omit<React.ComponentProps<'div'>, 'ref'> {
  strip: RefObject<HTMLDivElement | null>
  scene: Scene
  duration: number
  playhead: Playhead
}

function Slider({ strip, scene, duration, playhead, children, ...rest }: SliderProps) {
  const t = useTranslations('transcript')
  const second = usePlayhead(playhead, Math.floor)
  const voice = voiceAt(scene, second)
  const speaker = voice === undefined ? undefined : scene.speakers[voice]
  const at = { time: clock(second), length: clock(duration) }
  return (
    <div
      ref={strip}
      className={classes.strip}
      role="slider"
      tabIndex={0}
      aria-label={t('waveform.position')}
      aria-valuemin={0}
      aria-valuemax={Math.ceil(duration)}
      aria-valuenow={Math.min(second, Math.ceil(duration))}
      aria-valuetext={
        speaker === undefined ? t('waveform.at', at) : t('waveform.atSpeaker', { ...at, speaker })
      }
      {...rest}
    >
      {children}
    </div>
  )
}

const MINUTE = 60
const A_FEW = 5

/** Where the keys of a slider lead. */
const GOES: Record<string, (now: number, duration: number) => number> = {
  ArrowUp: (now) => now + A_FEW,
  ArrowDown: (now) => now - A_FEW,
  PageUp: (now) => now + MINUTE,
  PageDown: (now) => now - MINUTE,
  Home: () => 0,
  End: (_, duration) => duration,
}
const ENLARGES: Record<string, number> = { '+': STEP, '-': 1 / STEP }

/** Enlarges around what plays where that is in sight, else around the middle; with Ctrl and the wheel around the pointer. */
function useZoom(strip: RefObject<HTMLDivElement | null>, duration: number, playhead: Playhead) {
  const frame = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(1)
  const anchor = useRef<{ seconds: number; offset: number }>(undefined)
  const by = useCallback(
    (factor: number, pointer?: number) => {
      const box = frame.current
      const width = strip.current?.clientWidth ?? 0
      if (!box || width === 0) return
      const head = (playhead.now() / duration) * width - box.scrollLeft
      const inSight = head >= 0 && head <= box.clientWidth
      const offset = pointer ?? (inSight ? head : box.clientWidth / 2)
      anchor.current = { seconds: ((box.scrollLeft + offset) / width) * duration, offset }
      setZoom((before) => zoomed(before, factor, duration))
    },
    [strip, duration, playhead],
  )
  useLayoutEffect(() => {
    const box = frame.current
    if (!strip.current || !box) return
    // Before it is scrolled: beyond its width it cannot be.
    strip.current.style.width = `${zoom * 100}%`
    if (!anchor.current) return
    const { seconds, offset } = anchor.current
    box.scrollLeft = scrollFor(seconds, offset, duration, box.clientWidth * zoom)
  }, [zoom, duration, strip])
  useEffect(() => {
    const box = frame.current
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey || !box) return
      event.preventDefault()
      by(Math.exp(-event.deltaY / 200), event.clientX - box.getBoundingClientRect().left)
    }
    box?.addEventListener('wheel', onWheel, { passive: false })
    return () => box?.removeEventListener('wheel', onWheel)
  }, [by])
  return { zoom, by, frame }
}

type Pictured = Pick<WaveformProps, 'peaks' | 'scene' | 'duration'> & { zoom: number }

/** Draws what is in sight, whenever that is something else. */
function usePicture(frame: RefObject<HTMLDivElement | null>, { peaks, scene, duration, zoom }: Pictured) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const colours = useColours()
  useEffect(() => {
    const [box, sheet] = [frame.current, canvas.current]
    const context = sheet?.getContext('2d')
    if (!box || !sheet || !context) return
    let asked = 0
    const draw = (): void => {
      asked = 0
      const ratio = window.devicePixelRatio
      const [width, height] = [Math.round(box.clientWidth * ratio), Math.round(sheet.clientHeight * ratio)]
      if (sheet.width !== width) sheet.width = width
      if (sheet.height !== height) sheet.height = height
      const all = box.clientWidth * zoom
      const from = (box.scrollLeft / all) * duration
      const span = { from, to: from + duration / zoom }
      paint({ context, width, height, ratio }, span, { peaks, scene, colours })
    }
    const ask = (): void => {
      if (asked === 0) asked = requestAnimationFrame(draw)
    }
    const observer = new ResizeObserver(ask)
    observer.observe(box)
    box.addEventListener('scroll', ask, { passive: true })
    draw()
    return () => {
      cancelAnimationFrame(asked)
      observer.disconnect()
      box.removeEventListener('scroll', ask)
    }
  }, [frame, peaks, scene, duration, zoom, colours])
  return canvas
}

/** The line where the player is, moved without drawing anything anew; while it plays it stays in sight. */
function useHead(frame: RefObject<HTMLDivElement | null>, duration: number, playhead: Playhead) {
  const head = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let last = playhead.now()
    const move = (): void => {
      const share = Math.min(1, playhead.now() / duration)
      if (head.current) head.current.style.left = `${share * 100}%`
      const box = frame.current
      if (!box || last === playhead.now()) return
      last = playhead.now()
      const seen = { left: box.scrollLeft, width: box.clientWidth }
      const to = following(share * box.scrollWidth, seen)
      if (to !== undefined && box.scrollWidth > box.clientWidth) box.scrollLeft = to
    }
    move()
    return playhead.subscribe(move)
  }, [frame, duration, playhead])
  return head
}

/** A mouse or a pen seeks while it is pressed; a finger scrolls, and seeks by a tap. */
function usePointer(
  strip: RefObject<HTMLDivElement | null>,
  { duration, playhead, onArrive }: Pick<WaveformProps, 'duration' | 'playhead' | 'onArrive'>,
) {
  const hover = useRef<HTMLDivElement>(null)
  const shareAt = (clientX: number): number => {
    const { left = 0, width = 1 } = strip.current?.getBoundingClientRect() ?? {}
    return Math.min(1, Math.max(0, (clientX - left) / width))
  }
  const seek = ({ clientX }: { clientX: number }): void => playhead.seek(shareAt(clientX) * duration)
  const label = ({ clientX }: PointerEvent): void => {
    if (!hover.current) return
    const share = shareAt(clientX)
    hover.current.hidden = false
    hover.current.textContent = clock(share * duration)
    hover.current.style.left = `${share * 100}%`
    hover.current.style.transform = `translateX(${share > 0.5 ? '-100%' : '0'})`
  }
  return {
    hover,
    onPointerDown: (event: PointerEvent<HTMLDivElement>): void => {
      if (event.pointerType === 'touch' || event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      seek(event)
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>): void => {
      if (event.pointerType === 'touch') return
      label(event)
      if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event)
    },
    onPointerLeave: (): void => {
      if (hover.current) hover.current.hidden = true
    },
    onClick: (event: React.MouseEvent): void => {
      seek(event)
      onArrive(playhead.now())
    },
  }
}
