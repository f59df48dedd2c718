/** A packet of a track, as stored in its file. */
export interface SizedPacket {
  /** Seconds. */
  at: number
  duration: number
  /** Bytes. */
  size: number
  /** In the file. */
  position: number
}
