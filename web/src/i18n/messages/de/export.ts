export default {
  dialog: {
    title: 'Herunterladen',
    format: 'Format',
    lineLength: 'Zeichen pro Zeile',
    lines: 'Zeilen gleichzeitig',
    fps: 'Bilder pro Sekunde',
    speakers: 'Sprecher',
    times: 'Zeitangaben',
    pdf: 'PDF, über den Druck',
    print: 'Drucken oder als PDF speichern',
    cancel: 'Abbrechen',
  },
  film: {
    title: 'Video mit Untertiteln',
    about:
      'Der Server zeichnet die Untertitel in die Aufnahme ein und macht daraus eine MP4-Datei. Sie können diese Seite inzwischen verlassen. Das Video wird {days, plural, one {# Tag} other {# Tage}} lang aufbewahrt.',
    make: 'Video erstellen',
    again: 'Neu erstellen',
    stop: 'Anhalten',
    noFont: 'Dem Server fehlt eine Schriftart für {scripts}',
    script: '{name} ({letters})',
    installFont:
      'Das Video würde fehlschlagen. Wer den Server betreibt, kann Schriftarten installieren, zum Beispiel die Pakete fonts-noto-core und fonts-noto-cjk unter Debian oder Ubuntu.',
    waiting: 'Wartet, bis es an der Reihe ist …',
    making: 'Das Video wird erstellt …',
    progress: 'Fortschritt des Videos',
    ready: 'Das Video ist fertig: {size}.',
    size: 'Schriftgröße',
    sizes: {
      small: 'Klein',
      medium: 'Mittel',
      large: 'Groß',
    },
    position: 'Position',
    positions: {
      bottom: 'Unten',
      top: 'Oben',
    },
  },
  preview: {
    video: 'Vorschau der Untertitel',
    label: 'Vorschau',
  },
}
